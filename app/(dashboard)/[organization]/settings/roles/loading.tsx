import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { rolesColumnLayout } from "@/components/roles/roles-column-layout";
import { PageHeading } from "@/components/shell/page-heading";
import { Skeleton } from "@/components/ui/skeleton";

export default function RolesLoading() {
  return (
    <div className="grid gap-4">
      <p role="status" className="sr-only">
        Loading roles
      </p>
      <PageHeading title="Roles" action={<Skeleton className="h-10 w-28 sm:h-8" />}>
        Named bundles of permissions for API keys.
      </PageHeading>
      <Skeleton className="h-10 sm:h-8 sm:w-88" />
      <TableSkeleton columns={rolesColumnLayout} rows={8} />
    </div>
  );
}
