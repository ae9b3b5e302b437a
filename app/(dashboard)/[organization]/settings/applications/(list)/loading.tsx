import { shownResourceColumns } from "@/components/applications/resource-column-layouts";
import { ListSkeleton } from "@/components/list/list-skeleton";
import { Skeleton } from "@/components/ui/skeleton";

export default function ApplicationsLoading() {
  return (
    <ListSkeleton
      title="Applications"
      about="Each is a namespace with its own people and API keys."
      button="w-32"
      views={<Skeleton className="h-10 sm:h-8 sm:w-56" />}
      columns={shownResourceColumns("application", true)}
      rows={8}
    />
  );
}
