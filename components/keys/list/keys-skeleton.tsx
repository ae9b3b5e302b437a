import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeading } from "@/components/shell/page-heading";
import { Skeleton } from "@/components/ui/skeleton";
import { keysColumnLayout } from "./keys-column-layout";

/** Matches the loaded page's height. @param about the line below the heading */
export function KeysSkeleton({ about }: { about: string }) {
  return (
    <div className="grid gap-4">
      <p role="status" className="sr-only">
        Loading API keys
      </p>
      <PageHeading title="API keys" action={<Skeleton className="h-10 w-40 sm:h-8" />}>
        {about}
      </PageHeading>
      <div className="flex flex-col gap-3 sm:flex-row">
        <Skeleton className="h-10 sm:h-8 sm:w-88" />
        <Skeleton className="h-10 sm:ml-auto sm:h-8 sm:w-84" />
      </div>
      <TableSkeleton columns={keysColumnLayout} rows={10} />
    </div>
  );
}
