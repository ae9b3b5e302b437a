"use client";

import { UserPlus } from "lucide-react";
import { useMemo, useState } from "react";
import { ListTable } from "@/components/list/list-table";
import { PageHeading } from "@/components/shell/page-heading";
import { Button } from "@/components/ui/button";
import { NowProvider } from "@/components/ui/time/now-provider";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { ListInput } from "@/lib/schemas/list";
import type { InvitationPage, InvitationRow } from "@/lib/services/invitations/invitation-view";
import type { MemberPage, MemberRow } from "@/lib/services/members/member-view";
import { ChangeLevelDialog } from "./change-level-dialog";
import { InvitationList } from "./invitation-list";
import { InviteMemberDialog } from "./invite-member-dialog";
import { membersColumns } from "./members-columns";
import { MembersContext, type MembersContextValue } from "./members-context";
import { RemoveMemberDialog } from "./remove-member-dialog";

type MembersViewProps = {
  /** The query that produced these rows. */
  list: ListInput;
  searchFault: string | null;
  page: MemberPage;
  /** Null if the viewer may not invite. */
  invitations: InvitationPage | null;
  /** The levels this person may invite to, highest first. */
  invitable: readonly AccessLevel[];
  /** May the viewer change levels and remove members? */
  editable: boolean;
  /** May the viewer see how many keys each member has? */
  seesKeys: boolean;
  serverNow: Date;
};

type Open = { readonly opener: HTMLElement | null } & (
  | { readonly name: "invite"; readonly again: InvitationRow | null }
  | { readonly name: "change"; readonly member: MemberRow; readonly level: AccessLevel }
  | { readonly name: "remove"; readonly member: MemberRow }
);

const rowId = (member: MemberRow) => member.id;
const search = {
  label: "Search members",
  placeholder: "Name or email",
  searched: "The search covers names and emails.",
};

export function MembersView(props: MembersViewProps) {
  const { list, searchFault, page, invitations, invitable, editable, seesKeys, serverNow } = props;
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const columns = useMemo(
    () => membersColumns({ actions: editable, liveKeys: seesKeys }),
    [editable, seesKeys],
  );
  const context = useMemo<MembersContextValue>(
    () => ({
      changeLevel: (member, level, opener) => setOpen({ name: "change", member, level, opener }),
      remove: (member, opener) => setOpen({ name: "remove", member, opener }),
    }),
    [],
  );
  return (
    <NowProvider serverNow={serverNow}>
      <MembersContext.Provider value={editable ? context : null}>
        <div className="grid grid-cols-1 gap-4">
          <PageHeading
            title="Members"
            action={
              invitations !== null && (
                <Button
                  variant="primary"
                  onClick={(event) => setOpen({ name: "invite", again: null, opener: event.currentTarget })}
                >
                  <UserPlus aria-hidden />
                  Invite member
                </Button>
              )
            }
          >
            The people of this organization.
          </PageHeading>
          <ListTable
            label="Members"
            search={search}
            columns={columns}
            rowId={rowId}
            list={list}
            searchFault={searchFault}
            rows={page.rows}
            total={page.total}
          />
          {invitations !== null && (
            <InvitationList
              invitations={invitations}
              onInviteAgain={(again, opener) => setOpen({ name: "invite", again, opener })}
            />
          )}
        </div>
        {open?.name === "invite" && (
          <InviteMemberDialog levels={invitable} again={open.again} opener={open.opener} onClose={close} />
        )}
        {open?.name === "change" && (
          <ChangeLevelDialog member={open.member} level={open.level} opener={open.opener} onClose={close} />
        )}
        {open?.name === "remove" && (
          <RemoveMemberDialog member={open.member} opener={open.opener} onClose={close} />
        )}
      </MembersContext.Provider>
    </NowProvider>
  );
}
