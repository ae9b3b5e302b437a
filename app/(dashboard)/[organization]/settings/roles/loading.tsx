import { ListSkeleton } from "@/components/list/list-skeleton";
import { rolesColumns } from "@/components/roles/roles-columns";

export default function RolesLoading() {
  return (
    <ListSkeleton
      title="Roles"
      about="Named bundles of permissions for API keys."
      button="w-28"
      columns={rolesColumns(false)}
      rows={8}
    />
  );
}
