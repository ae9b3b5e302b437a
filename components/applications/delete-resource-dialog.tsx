"use client";

import { useEffect, useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { isConfirmed, TextToConfirm } from "@/components/forms/text-to-confirm";
import { useAction } from "@/components/forms/use-action";
import { useAnswer } from "@/components/forms/use-answer";
import { Alert } from "@/components/ui/alert";
import { toast } from "@/components/ui/overlay/toast";
import { useNow } from "@/components/ui/time/now-provider";
import { deleteResource, readResourceDeletion } from "@/lib/actions/resources";
import type { ResourceDeletion } from "@/lib/services/resources/resource-view";
import { EndingKeys } from "./ending-keys";
import { countWords, resourceWords } from "./resource-words";
import type { NamedResource } from "./resources-context";

const dayMs = 24 * 60 * 60 * 1000;

type DeleteResourceDialogProps = {
  resource: NamedResource;
  opener: HTMLElement | null;
  onClose: () => void;
  onDeleted: () => void;
};

/** Shows everything that is deleted with it, then deletes it. */
export function DeleteResourceDialog({ resource, opener, onClose, onDeleted }: DeleteResourceDialogProps) {
  const { type, id, name } = resource;
  const { one } = resourceWords[type];
  const [deletion, askAgain] = useAnswer(readResourceDeletion, { resource: { type, id } });
  const [typed, setTyped] = useState("");
  const now = useNow();
  const action = useAction(deleteResource, () => {
    toast.success(`“${name}” was deleted`);
    onClose();
    onDeleted();
  });
  const { failed } = action;
  // More keys would end than were shown, so show all that would end now.
  useEffect(() => {
    if (failed?.code === "conflict") askAgain();
  }, [failed, askAgain]);

  const known = deletion !== "loading" && deletion.ok ? deletion.value : null;
  const untold = deletion === "loading" || deletion.ok ? null : deletion;
  const asksName = known !== null && known.keyTotal > 0;
  const sure = known !== null && (!asksName || isConfirmed(typed, name));
  const used = known?.keys.some(
    ({ lastUsedAt }) => lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < dayMs,
  );
  return (
    <FormDialog
      title={`Delete ${one}`}
      description={`“${name}”`}
      opener={opener}
      onClose={onClose}
      onSubmit={() => known !== null && void action.run({ resource: { type, id }, keyTotal: known.keyTotal })}
      action={{ ...action, failed: failed ?? untold }}
      submit={{ name: "Delete", variant: "danger", disabled: !sure }}
    >
      <Alert tone="danger" heading="This cannot be undone">
        The {one} is gone for everybody{known !== null && withIt(known)}. What was done with it stays in the
        audit log.
      </Alert>
      <EndingKeys deletion={deletion} />
      {asksName && (
        <TextToConfirm
          label={`Type the ${one}'s name to confirm`}
          why={used ? "Its keys were used in the last 24 hours." : "Its keys end with it."}
          text={name}
          typed={typed}
          onType={setTyped}
        />
      )}
    </FormDialog>
  );
}

/** What is deleted besides keys, as part of a sentence. */
function withIt({ workspaces, userGroups, people }: ResourceDeletion): string {
  const inIt = [
    workspaces > 0 ? countWords(workspaces, "workspace") : null,
    userGroups > 0 ? countWords(userGroups, "usergroup") : null,
  ].filter((words) => words !== null);
  const gone = inIt.length === 0 ? "" : `, with its ${inIt.join(" and ")}`;
  if (people === 0) return gone;
  return `${gone}, and ${people === 1 ? "1 person loses" : `${people} people lose`} their access`;
}
