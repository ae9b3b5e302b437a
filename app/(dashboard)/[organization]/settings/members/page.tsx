import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MembersView } from "@/components/members/members-view";
import { requireContext } from "@/lib/auth/require-context";
import { invitableLevels } from "@/lib/core/access/invite-members";
import { maySeeAllKeys } from "@/lib/core/access/manage-keys";
import { levelHolds } from "@/lib/core/access/permission";
import { listFromAddress } from "@/lib/schemas/list";
import { listInvitations } from "@/lib/services/invitations/list-invitations";
import { listMembers } from "@/lib/services/members/list-members";
import { readListPage } from "@/lib/services/read-list-page";

export const metadata: Metadata = { title: "Members" };

type MembersPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function MembersPage({ params, searchParams }: MembersPageProps) {
  const context = await requireContext((await params).organization);
  const parameters = await searchParams;
  const { list: asked, searchFault } = listFromAddress(parameters);
  const { list: below } = listFromAddress({ page: parameters.invitations });
  const [read, invitations] = await Promise.all([
    readListPage(asked, (list) => listMembers(context, list)),
    listInvitations(context, below),
  ]);
  if (!read.ok) notFound();
  const { list, page } = read.value;
  const { level, organization } = context;
  const { keyCreators } = organization;
  return (
    <MembersView
      list={list}
      searchFault={searchFault}
      // An unsearchable term shows no members: a full list would look like its result.
      page={searchFault === null ? page : { rows: [], total: 0 }}
      invitations={invitations.ok ? invitations.value : null}
      invitable={invitableLevels(level, keyCreators)}
      editable={levelHolds(level, "users:update", keyCreators)}
      seesKeys={maySeeAllKeys({ level, keyCreators })}
      serverNow={context.origin.at}
    />
  );
}
