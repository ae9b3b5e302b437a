"use client";

import { useAction } from "@/components/forms/use-action";
import { useAnswer } from "@/components/forms/use-answer";
import { useSeen } from "@/components/forms/use-seen";
import { Alert } from "@/components/ui/alert";
import { toast } from "@/components/ui/overlay/toast";
import { changeAccessLevel, readMemberConsequences } from "@/lib/actions/members";
import { type AccessLevel, isBelow } from "@/lib/core/access/access-level";
import type { MemberRow } from "@/lib/services/members/member-view";
import { AccessChangeDialog } from "./access-change-dialog";
import { AffectedKeys } from "./affected-keys";
import { useTransfers } from "./use-transfers";

type ChangeLevelDialogProps = {
  member: MemberRow;
  level: AccessLevel;
  opener: HTMLElement | null;
  onClose: () => void;
};

const reach: Record<AccessLevel, string> = {
  OWNER: "An owner does everything here: members, keys, settings.",
  ADMIN: "An admin manages applications, sees the API keys, and revokes those below OWNER.",
  MEMBER: "A member reads what is here.",
};

/** Explains what the new level means for the person and their keys, then changes it. */
export function ChangeLevelDialog({ member, level, opener, onClose }: ChangeLevelDialogProps) {
  const action = useAction(changeAccessLevel, () => {
    toast.success(`${member.name} is ${level} now`);
    onClose();
  });
  const { seen } = useSeen({ accessLevel: member.level }, action.failed);
  const [consequences] = useAnswer(readMemberConsequences, { userId: member.id, accessLevel: level });
  const transfers = useTransfers();
  const lower = isBelow(level, seen.accessLevel);
  return (
    <AccessChangeDialog
      title="Change access level"
      description={`${member.name}, from ${seen.accessLevel} to ${level}`}
      verb="Change level"
      danger={lower}
      consequences={consequences}
      action={action}
      opener={opener}
      onSubmit={() =>
        void action.run({ userId: member.id, accessLevel: level, transfers: transfers.list(), seen })
      }
      onClose={onClose}
    >
      <Alert tone={level === "OWNER" ? "notice" : "neutral"}>
        {reach[level]}
        {member.isSelf && " You change your own level: you may not be able to change it back."}
      </Alert>
      {lower ? (
        <AffectedKeys
          consequences={consequences}
          transfers={transfers}
          showsLoss
          label={(count) => (count === 1 ? "1 key loses permissions" : `${count} keys lose permissions`)}
          otherwise="No transfer: loses permissions"
          none="None of their keys lose permissions."
        />
      ) : (
        <p className="text-ink-muted text-sm">
          Keys that their lower level limited regain those permissions.
        </p>
      )}
    </AccessChangeDialog>
  );
}
