"use client";

import { useRouter } from "next/navigation";
import type { DialogProps } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { changeAccessLevel, readMemberConsequences, removeMember } from "@/lib/actions/members";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { MemberRow } from "@/lib/services/members/member-view";
import { AccessChangeDialog, useAccessChange } from "./access-change-dialog";
import { accessEnds } from "./affected-keys";
import { ChangeLevelDialog } from "./change-level-dialog";

const reach: Record<AccessLevel, string> = {
  OWNER: "An owner does everything here: members, keys, settings.",
  ADMIN: "An admin manages applications, sees the API keys, and revokes those below OWNER.",
  MEMBER: "A member reads what is here.",
};

type MemberLevelDialogProps = DialogProps & { member: MemberRow; level: AccessLevel };

export function MemberLevelDialog({ member, level, ...dialog }: MemberLevelDialogProps) {
  return (
    <ChangeLevelDialog
      {...dialog}
      where={{}}
      person={member}
      level={level}
      reach={reach[level]}
      read={readMemberConsequences}
      change={changeAccessLevel}
    />
  );
}

/** Lists the keys that would end with the removal, offers to transfer them, then removes the member. */
export function RemoveMemberDialog({ member, opener, onClose }: DialogProps & { member: MemberRow }) {
  const router = useRouter();
  const state = useAccessChange({
    read: readMemberConsequences,
    asked: { userId: member.id, accessLevel: null },
    change: removeMember,
    onClose: () => {
      onClose();
      // People who leave can no longer open the organization.
      if (member.isSelf) router.replace("/");
    },
    said: () => `${member.name} was removed`,
  });
  return (
    <AccessChangeDialog
      opener={opener}
      onClose={onClose}
      state={state}
      title="Remove member"
      description={`${member.name} (${member.email})`}
      verb="Remove"
      onSubmit={() => void state.action.run({ userId: member.id, transfers: state.transfers.list() })}
      keys={accessEnds}
    >
      <Alert tone="danger" heading={member.isSelf ? "You leave this organization" : "Access ends at once"}>
        {member.isSelf ? "Your" : "Their"} keys that are not transferred are revoked for good. A key that is
        transferred keeps its secret: roll it if it should not be known any more.
      </Alert>
    </AccessChangeDialog>
  );
}
