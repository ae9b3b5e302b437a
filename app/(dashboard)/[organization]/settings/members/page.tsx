import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MembersView } from "@/components/members/members-view";
import { requireContext } from "@/lib/auth/require-context";
import { maySeeAllKeys } from "@/lib/core/manage-keys";
import type { MemberListInput } from "@/lib/schemas/member";
import { memberListFromAddress } from "@/lib/schemas/member-list-address";
import type { MemberContext } from "@/lib/services/context";
import { listInvitations } from "@/lib/services/invitations/list-invitations";
import { listMembers } from "@/lib/services/members/list-members";
import type { MemberPage } from "@/lib/services/members/member-view";

export const metadata: Metadata = { title: "Members" };

type MembersPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function MembersPage({ params, searchParams }: MembersPageProps) {
  const context = await requireContext((await params).organization);
  const { list, searchFault } = memberListFromAddress(await searchParams);
  const [{ shown, page }, invitations] = await Promise.all([
    readPage(context, list),
    listInvitations(context),
  ]);
  return (
    <MembersView
      list={shown}
      searchFault={searchFault}
      // Without the search all members would be there, and seem to have been found.
      page={searchFault === null ? page : { rows: [], total: 0 }}
      invitations={invitations.ok ? invitations.value : null}
      seesKeys={maySeeAllKeys({ level: context.level, keyCreators: context.organization.keyCreators })}
      serverNow={context.origin.at}
    />
  );
}

/** The page asked for; past the end, since members were removed meanwhile, the last one. */
async function readPage(
  context: MemberContext,
  list: MemberListInput,
): Promise<{ shown: MemberListInput; page: MemberPage }> {
  const listed = await listMembers(context, list);
  if (!listed.ok) notFound();
  const { rows, total } = listed.value;
  const last = Math.max(1, Math.ceil(total / list.pageSize));
  if (rows.length > 0 || list.page <= last) return { shown: list, page: listed.value };
  return readPage(context, { ...list, page: last });
}
