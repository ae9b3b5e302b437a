import type { Metadata } from "next";
import { shownList, type UrlParameters } from "@/app/(dashboard)/shown-list";
import { ListPage } from "@/components/list/list-page";
import { MembersView } from "@/components/members/members-view";
import { requireContext } from "@/lib/auth/require-context";
import { invitableLevels } from "@/lib/core/access/invite-members";
import { maySeeAllKeys } from "@/lib/core/access/manage-keys";
import { levelHolds } from "@/lib/core/access/permission";
import { listFromAddress } from "@/lib/schemas/list";
import { listInvitations } from "@/lib/services/invitations/list-invitations";
import { listMembers } from "@/lib/services/members/list-members";

export const metadata: Metadata = { title: "Members" };

type MembersPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<UrlParameters>;
};

export default async function MembersPage({ params, searchParams }: MembersPageProps) {
  const context = await requireContext((await params).organization);
  const parameters = await searchParams;
  const { list, searchFault } = listFromAddress(parameters);
  const { list: below } = listFromAddress({ page: parameters.invitations });
  const [shown, invitations] = await Promise.all([
    shownList(context, list, searchFault, (asked) => listMembers(context, asked)),
    listInvitations(context, below),
  ]);
  const { level, organization } = context;
  const { keyCreators } = organization;
  return (
    <ListPage serverNow={context.origin.at}>
      <MembersView
        shown={shown}
        invitations={invitations.ok ? invitations.value : null}
        invitable={invitableLevels(level, keyCreators)}
        editable={levelHolds(level, "users:update", keyCreators)}
        seesKeys={maySeeAllKeys({ level, keyCreators })}
      />
    </ListPage>
  );
}
