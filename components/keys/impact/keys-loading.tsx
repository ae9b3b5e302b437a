import { Skeleton } from "@/components/ui/skeleton";

/** The loading state of a list of affected keys. */
export function KeysLoading() {
  return (
    <div className="grid gap-2">
      <p role="status" className="sr-only">
        Loading the keys
      </p>
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-20 w-full" />
    </div>
  );
}
