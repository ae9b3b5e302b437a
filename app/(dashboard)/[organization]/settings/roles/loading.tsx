import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { rolesColumnLayout } from "@/components/roles/roles-column-layout";
import { Skeleton } from "@/components/ui/skeleton";

export default function RolesLoading() {
  return (
    <div className="grid gap-4">
      <p role="status" className="sr-only">
        Loading roles
      </p>
      <div className="flex items-start justify-between gap-4">
        <div className="grid gap-1">
          <h1 className="font-semibold text-ink text-xl tracking-tight">Roles</h1>
          <p className="text-ink-muted text-sm">What an API key may do: named bundles of permissions.</p>
        </div>
        <Skeleton className="h-10 w-28 sm:h-8" />
      </div>
      <Skeleton className="h-10 sm:h-8 sm:w-88" />
      <TableSkeleton columns={rolesColumnLayout} rows={8} />
    </div>
  );
}
