import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { keysColumnLayout } from "@/components/keys/keys-column-layout";
import { Skeleton } from "@/components/ui/skeleton";

export default function KeysLoading() {
  return (
    <div className="grid gap-4">
      <p role="status" className="sr-only">
        Loading API keys
      </p>
      <div className="flex items-start justify-between gap-4">
        <div className="grid gap-1">
          <h1 className="font-semibold text-ink text-xl tracking-tight">API keys</h1>
          <p className="text-ink-muted text-sm">What programs sign their calls with.</p>
        </div>
        <Skeleton className="h-10 w-40 sm:h-8" />
      </div>
      <div className="flex flex-col gap-3 sm:flex-row">
        <Skeleton className="h-10 sm:h-8 sm:w-88" />
        <Skeleton className="h-10 sm:ml-auto sm:h-8 sm:w-84" />
      </div>
      <TableSkeleton columns={keysColumnLayout} rows={10} />
    </div>
  );
}
