import { ResourceSkeleton } from "@/components/applications/resource-skeleton";

export default function ApplicationLoading() {
  return <ResourceSkeleton of="application" />;
}
