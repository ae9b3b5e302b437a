import { ListSkeleton } from "@/components/list/list-skeleton";
import { memberColumnLayouts } from "@/components/members/member-column-layouts";

export default function MembersLoading() {
  return (
    <ListSkeleton
      title="Members"
      about="The people of this organization."
      columns={memberColumnLayouts}
      rows={5}
    />
  );
}
