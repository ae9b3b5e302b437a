"use client";

import { useRouter } from "next/navigation";
import type { DialogProps } from "@/components/list/dialog-host";
import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { changeAccessLevel, readMemberConsequences, removeMember } from "@/lib/actions/members";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeysAfter, MemberRow } from "@/lib/services/members/member-view";
import { AccessChangeDialog, useAccessChange } from "./access-change-dialog";
import { ChangeLevelDialog } from "./change-level-dialog";
import { wordsOfEnd } from "./key-plan-words";

const reach: Record<AccessLevel, string> = {
  OWNER: "Owners do everything here: members, keys, settings.",
  ADMIN: "Admins manage applications, see every API key, and revoke those below Owner.",
  MEMBER: "Members can see what is here. If the organization's settings allow it, they can also create keys.",
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

/** Shows how the person's keys are used, asks what should happen to them, then removes the member. */
export function RemoveMemberDialog({ member, opener, onClose }: DialogProps & { member: MemberRow }) {
  const router = useRouter();
  const { name, email, isSelf } = member;
  const state = useAccessChange({
    read: readMemberConsequences,
    asked: { userId: member.id, accessLevel: null },
    change: removeMember,
    onClose: () => {
      onClose();
      // People who leave can no longer open the organization.
      if (isSelf) router.replace("/");
    },
    said: () => `${name} was removed`,
    ends: true,
    // People who leave can no longer see the keys, so there is nothing to show them.
    ...(!isSelf && { after: (keys: KeysAfter) => keys, person: member }),
  });
  const { total = 0, paused = 0 } = state.plan.known ?? {};
  return (
    <AccessChangeDialog
      opener={opener}
      onClose={onClose}
      state={state}
      title="Remove member"
      description={`${name} · ${email}`}
      verb="Remove"
      onSubmit={() => void state.action.run({ userId: member.id, keys: state.plan.input() })}
      keys={wordsOfEnd(isSelf ? "You" : name)}
    >
      <p className="text-ink text-sm">
        {isSelf ? "You lose" : `${name} loses`} access at once.
        {total > 0 && (
          <>
            {" "}
            {isSelf ? "You" : "They"} created{" "}
            <strong className="font-medium">{countOf(total, "live key")}</strong>
            {paused > 0 && `, ${paused === total ? "all" : grouped(paused)} paused`}; choose what happens to{" "}
            {total === 1 ? "it" : "them"}.
          </>
        )}
      </p>
    </AccessChangeDialog>
  );
}
