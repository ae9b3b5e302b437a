"use client";

import { useRouter } from "next/navigation";
import { useAction } from "@/components/forms/use-action";
import { useAnswer } from "@/components/forms/use-answer";
import { Alert } from "@/components/ui/alert";
import { toast } from "@/components/ui/overlay/toast";
import { readMemberConsequences, removeMember } from "@/lib/actions/members";
import type { MemberRow } from "@/lib/services/members/member-view";
import { AccessChangeDialog } from "./access-change-dialog";
import { AffectedKeys } from "./affected-keys";
import { useTransfers } from "./use-transfers";

type RemoveMemberDialogProps = { member: MemberRow; opener: HTMLElement | null; onClose: () => void };

/** Lists the keys that would end with the removal, offers to transfer them, then removes the member. */
export function RemoveMemberDialog({ member, opener, onClose }: RemoveMemberDialogProps) {
  const router = useRouter();
  const action = useAction(removeMember, () => {
    toast.success(`${member.name} was removed`);
    onClose();
    // People who leave can no longer open the organization.
    if (member.isSelf) router.replace("/");
  });
  const [consequences] = useAnswer(readMemberConsequences, { userId: member.id, accessLevel: null });
  const transfers = useTransfers();
  return (
    <AccessChangeDialog
      title="Remove member"
      description={`${member.name} (${member.email})`}
      verb="Remove"
      danger
      consequences={consequences}
      action={action}
      opener={opener}
      onSubmit={() => void action.run({ userId: member.id, transfers: transfers.list() })}
      onClose={onClose}
    >
      <Alert tone="danger" heading={member.isSelf ? "You leave this organization" : "Access ends at once"}>
        {member.isSelf ? "Your" : "Their"} keys that are not transferred are revoked for good. A key that is
        transferred keeps its secret: roll it if it should not be known any more.
      </Alert>
      <AffectedKeys
        consequences={consequences}
        transfers={transfers}
        label={(count) => (count === 1 ? "1 key ends" : `${count} keys end`)}
        otherwise="No transfer: revoked"
        none="No live key ends."
      />
    </AccessChangeDialog>
  );
}
