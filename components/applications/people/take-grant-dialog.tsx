"use client";

import { useAction } from "@/components/forms/use-action";
import { useAnswer } from "@/components/forms/use-answer";
import { AccessChangeDialog } from "@/components/members/access-change-dialog";
import { AffectedKeys } from "@/components/members/affected-keys";
import { useTransfers } from "@/components/members/use-transfers";
import { Alert } from "@/components/ui/alert";
import { toast } from "@/components/ui/overlay/toast";
import { readGrantConsequences, takeGrant } from "@/lib/actions/grants";
import type { GrantRow } from "@/lib/services/grants/grant-view";
import { resourceWords } from "../resource-words";
import type { NamedResource } from "../resources-context";

type TakeGrantDialogProps = {
  resource: NamedResource;
  person: GrantRow;
  opener: HTMLElement | null;
  onClose: () => void;
  onTaken: () => void;
};

/** Lists the keys that would end with the access, offers to transfer them, then removes it. */
export function TakeGrantDialog({ resource, person, opener, onClose, onTaken }: TakeGrantDialogProps) {
  const { type, id } = resource;
  const input = { resource: { type, id }, userId: person.id };
  const action = useAction(takeGrant, () => {
    toast.success(`${person.name} has no access to “${resource.name}” any more`);
    onClose();
    onTaken();
  });
  const [consequences] = useAnswer(readGrantConsequences, { ...input, accessLevel: null });
  const transfers = useTransfers();
  return (
    <AccessChangeDialog
      title="Take access"
      description={`${person.name} (${person.email}), ${person.level} of “${resource.name}”`}
      verb="Take access"
      danger
      consequences={consequences}
      action={action}
      opener={opener}
      onSubmit={() => void action.run({ ...input, transfers: transfers.list() })}
      onClose={onClose}
    >
      <Alert
        tone="danger"
        heading={
          person.isSelf
            ? "You lose your own access"
            : `Access to this ${resourceWords[type].one} ends at once`
        }
      >
        {person.isSelf ? "Your" : "Their"} keys here that are not transferred are revoked for good. What{" "}
        {person.isSelf ? "you have" : "they have"} elsewhere stays.
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
