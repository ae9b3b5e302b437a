"use client";

import { useEffect, useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { isConfirmed, TextToConfirm } from "@/components/forms/text-to-confirm";
import { useAction } from "@/components/forms/use-action";
import { type Answer, useAnswer } from "@/components/forms/use-answer";
import { KeyLine, KeysLoading } from "@/components/keys/list/key-line";
import type { DialogProps } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { toast } from "@/components/ui/overlay/toast";
import { useNow } from "@/components/ui/time/now-provider";
import { deleteResource, readResourceDeletion } from "@/lib/actions/resources";
import type { ResourceDeletion } from "@/lib/services/resources/resource-view";
import { countWords, type NamedResource, resourceWords } from "./resource-words";

const dayMs = 24 * 60 * 60 * 1000;

type DeleteResourceDialogProps = DialogProps & { resource: NamedResource; onDeleted?: () => void };

/** Shows everything that is deleted with it, then deletes it. */
export function DeleteResourceDialog({ resource, onDeleted, ...dialog }: DeleteResourceDialogProps) {
  const { type, id, name } = resource;
  const { one } = resourceWords[type];
  const [deletion, askAgain] = useAnswer(readResourceDeletion, { resource: { type, id } });
  const [typed, setTyped] = useState("");
  const now = useNow();
  const action = useAction(deleteResource, () => {
    toast.success(`“${name}” was deleted`);
    dialog.onClose();
    onDeleted?.();
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
      {...dialog}
      title={`Delete ${one}`}
      description={`“${name}”`}
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

/** The keys that end with the deletion. */
function EndingKeys({ deletion }: { deletion: Answer<ResourceDeletion> }) {
  if (deletion === "loading") return <KeysLoading />;
  if (!deletion.ok) return null;
  const { keys, keyTotal } = deletion.value;
  if (keyTotal === 0) return <p className="text-ink-muted text-sm">No live key ends with it.</p>;
  const label = keyTotal === 1 ? "1 key ends" : `${keyTotal} keys end`;
  return (
    <div className="grid gap-2">
      <p className="font-medium text-ink text-sm">{label}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: only with focus can the keyboard scroll it */}
      <ul aria-label={label} tabIndex={0} className="max-h-64 divide-y overflow-y-auto rounded-md border">
        {keys.map((key) => (
          <li key={key.id} className="px-3 py-2.5">
            <KeyLine apiKey={key}> · Created by {key.createdBy.name}</KeyLine>
          </li>
        ))}
        {keyTotal > keys.length && (
          <li className="px-3 py-2.5 text-ink-muted text-sm">and {keyTotal - keys.length} more</li>
        )}
      </ul>
    </div>
  );
}
