import { ListSkeleton } from "@/components/list/list-skeleton";
import { membersColumns } from "@/components/members/members-columns";

export default function MembersLoading() {
  return (
    <ListSkeleton
      title="Members"
      about="The people of this organization."
      columns={membersColumns({ editable: true, seesKeys: true })}
      rows={5}
    />
  );
}
