"use client";

import { useMemo } from "react";
import { DialogButton } from "@/components/list/dialog-host";
import { ListTable, type ShownList } from "@/components/list/list-table";
import { PageHeading } from "@/components/shell/page-heading";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { InvitationPage } from "@/lib/services/invitations/invitation-view";
import type { MemberPage } from "@/lib/services/members/member-view";
import { InvitationList } from "./invitation-list";
import { InviteMemberDialog } from "./lazy-member-dialogs";
import { membersColumns } from "./members-columns";

type MembersViewProps = {
  shown: ShownList<MemberPage>;
  /** Null if the viewer may not invite. */
  invitations: InvitationPage | null;
  /** The levels this person may invite to, highest first. */
  invitable: readonly AccessLevel[];
  /** May the viewer change levels and remove members? */
  editable: boolean;
  /** May the viewer see the number of keys? */
  seesKeys: boolean;
};

const search = {
  label: "Search members",
  placeholder: "Name or email",
  searched: "The search covers names and emails.",
};

export function MembersView({ shown, invitations, invitable, editable, seesKeys }: MembersViewProps) {
  const columns = useMemo(() => membersColumns({ editable, seesKeys }), [editable, seesKeys]);
  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeading
        title="Members"
        action={
          invitations !== null && (
            <DialogButton
              variant="primary"
              data-shortcut="invite"
              expect={InviteMemberDialog.expect}
              dialog={(props) => <InviteMemberDialog levels={invitable} again={null} {...props} />}
            >
              Invite member
            </DialogButton>
          )
        }
      >
        The people of this organization.
      </PageHeading>
      <ListTable label="Members" search={search} columns={columns} shown={shown} />
      {invitations !== null && <InvitationList invitations={invitations} invitable={invitable} />}
    </div>
  );
}
