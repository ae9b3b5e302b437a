import { ListSkeleton } from "@/components/list/list-skeleton";
import { Skeleton } from "@/components/ui/skeleton";
import { keysColumns } from "./keys-columns";

/** @param about the line below the heading */
export function KeysSkeleton({ about }: { about: string }) {
  return (
    <ListSkeleton
      title="API keys"
      about={about}
      button="w-40"
      filter={<Skeleton className="h-10 sm:ml-auto sm:h-8 sm:w-84" />}
      columns={keysColumns}
      rows={10}
    />
  );
}
