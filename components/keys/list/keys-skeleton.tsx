import { ListSkeleton } from "@/components/list/list-skeleton";
import { Skeleton } from "@/components/ui/skeleton";
import { optionalKeyColumns } from "@/lib/core/keys/key-list-settings";
import { keyColumnLayouts } from "./key-column-layouts";

const added: readonly string[] = optionalKeyColumns;
const columns = keyColumnLayouts.filter(({ id }) => !added.includes(id));

/** @param about the line below the heading */
export function KeysSkeleton({ about }: { about: string }) {
  return (
    <ListSkeleton
      title="API keys"
      about={`${about} API documentation`}
      views={<Skeleton className="h-9 rounded-full! sm:h-7 sm:w-140" />}
      button="w-40"
      filter={<Skeleton className="h-10 sm:ml-auto sm:h-8 sm:w-110" />}
      columns={columns}
      rows={10}
      selectable
    />
  );
}
