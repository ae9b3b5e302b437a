import { ListSkeleton } from "@/components/list/list-skeleton";
import { roleColumnLayouts } from "@/components/roles/role-column-layouts";

export default function RolesLoading() {
  return (
    <ListSkeleton
      title="Roles"
      about="Named bundles of permissions for API keys."
      button="w-28"
      columns={roleColumnLayouts}
      rows={8}
    />
  );
}
