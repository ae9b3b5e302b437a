import { ResourceSkeleton } from "@/components/applications/resource-skeleton";

export default function ResourceLoading() {
  return <ResourceSkeleton />;
}
