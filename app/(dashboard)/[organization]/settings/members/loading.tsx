import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { membersColumnLayout } from "@/components/members/members-column-layout";
import { Skeleton } from "@/components/ui/skeleton";

export default function MembersLoading() {
  return (
    <div className="grid gap-4">
      <p role="status" className="sr-only">
        Loading members
      </p>
      <div className="grid gap-1">
        <h1 className="font-semibold text-ink text-xl tracking-tight">Members</h1>
        <p className="text-ink-muted text-sm">The people of this organization.</p>
      </div>
      <Skeleton className="h-10 sm:h-8 sm:w-88" />
      <TableSkeleton columns={membersColumnLayout} rows={5} />
    </div>
  );
}
