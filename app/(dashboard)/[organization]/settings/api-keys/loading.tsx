import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { keysColumnLayout } from "@/components/keys/keys-column-layout";
import { PageHeading } from "@/components/shell/page-heading";
import { Skeleton } from "@/components/ui/skeleton";

export default function KeysLoading() {
  return (
    <div className="grid gap-4">
      <p role="status" className="sr-only">
        Loading API keys
      </p>
      <PageHeading title="API keys" action={<Skeleton className="h-10 w-40 sm:h-8" />}>
        What programs sign their calls with.
      </PageHeading>
      <div className="flex flex-col gap-3 sm:flex-row">
        <Skeleton className="h-10 sm:h-8 sm:w-88" />
        <Skeleton className="h-10 sm:ml-auto sm:h-8 sm:w-84" />
      </div>
      <TableSkeleton columns={keysColumnLayout} rows={10} />
    </div>
  );
}
