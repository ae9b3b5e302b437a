import { ResourceSkeleton } from "@/components/applications/resource-skeleton";

export default function UserGroupLoading() {
  return <ResourceSkeleton of="people" />;
}
