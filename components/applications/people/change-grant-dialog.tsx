"use client";

import { useAction } from "@/components/forms/use-action";
import { useAnswer } from "@/components/forms/use-answer";
import { useSeen } from "@/components/forms/use-seen";
import { AccessChangeDialog } from "@/components/members/access-change-dialog";
import { AffectedKeys } from "@/components/members/affected-keys";
import { useTransfers } from "@/components/members/use-transfers";
import { Alert } from "@/components/ui/alert";
import { toast } from "@/components/ui/overlay/toast";
import { changeGrant, readGrantConsequences } from "@/lib/actions/grants";
import { type AccessLevel, isBelow } from "@/lib/core/access/access-level";
import type { GrantRow } from "@/lib/services/grants/grant-view";
import { levelReach } from "../resource-words";
import type { NamedResource } from "../resources-context";

type ChangeGrantDialogProps = {
  resource: NamedResource;
  person: GrantRow;
  level: AccessLevel;
  opener: HTMLElement | null;
  onClose: () => void;
};

/** Explains what the new level means for the person and their keys, then changes it. */
export function ChangeGrantDialog({ resource, person, level, opener, onClose }: ChangeGrantDialogProps) {
  const { type, id } = resource;
  const input = { resource: { type, id }, userId: person.id, accessLevel: level };
  const action = useAction(changeGrant, () => {
    toast.success(`${person.name} is ${level} of “${resource.name}” now`);
    onClose();
  });
  const { seen } = useSeen({ accessLevel: person.level }, action.failed);
  const [consequences] = useAnswer(readGrantConsequences, input);
  const transfers = useTransfers();
  const lower = isBelow(level, seen.accessLevel);
  return (
    <AccessChangeDialog
      title="Change access level"
      description={`${person.name} in “${resource.name}”, from ${seen.accessLevel} to ${level}`}
      verb="Change level"
      danger={lower}
      consequences={consequences}
      action={action}
      opener={opener}
      onSubmit={() => void action.run({ ...input, transfers: transfers.list(), seen })}
      onClose={onClose}
    >
      <Alert tone={level === "OWNER" ? "notice" : "neutral"}>
        {levelReach(type)[level]}
        {person.isSelf && " You change your own access: you may not be able to change it back."}
      </Alert>
      {lower ? (
        <AffectedKeys
          consequences={consequences}
          transfers={transfers}
          showsLoss
          label={(count) => (count === 1 ? "1 key loses permissions" : `${count} keys lose permissions`)}
          otherwise="No transfer: loses permissions"
          none="None of their keys there lose permissions."
        />
      ) : (
        <p className="text-ink-muted text-sm">
          Keys there that their lower level limited regain those permissions.
        </p>
      )}
    </AccessChangeDialog>
  );
}
