import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { membersColumnLayout } from "@/components/members/members-column-layout";
import { PageHeading } from "@/components/shell/page-heading";
import { Skeleton } from "@/components/ui/skeleton";

export default function MembersLoading() {
  return (
    <div className="grid gap-4">
      <p role="status" className="sr-only">
        Loading members
      </p>
      <PageHeading title="Members">The people of this organization.</PageHeading>
      <Skeleton className="h-10 sm:h-8 sm:w-88" />
      <TableSkeleton columns={membersColumnLayout} rows={5} />
    </div>
  );
}
