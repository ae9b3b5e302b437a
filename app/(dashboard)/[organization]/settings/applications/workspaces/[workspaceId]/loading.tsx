import { ResourceSkeleton } from "@/components/applications/resource-skeleton";

export default function WorkspaceLoading() {
  return <ResourceSkeleton of="people" />;
}
