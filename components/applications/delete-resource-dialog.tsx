"use client";

import { useEffect, useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { isConfirmed, stillCounting, TextToConfirm } from "@/components/forms/text-to-confirm";
import { useAction } from "@/components/forms/use-action";
import { type Answer, useAnswer } from "@/components/forms/use-answer";
import { KeysLoading } from "@/components/keys/impact/keys-loading";
import { MostUsedKeys, useImpactPage } from "@/components/keys/impact/most-used-keys";
import { UseOfKeysFacts } from "@/components/keys/impact/use-of-keys";
import type { DialogProps } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { grouped } from "@/components/ui/grouped";
import { toast } from "@/components/ui/overlay/toast";
import { deleteResource, readResourceDeletion } from "@/lib/actions/resources";
import { mapResult } from "@/lib/core/result";
import type { ResourceDeletion } from "@/lib/services/resources/resource-view";
import { countWords, type NamedResource, resourceWords } from "./resource-words";

type DeleteResourceDialogProps = DialogProps & { resource: NamedResource; onDeleted?: () => void };

/** Shows everything that is deleted with the resource, then deletes it. */
export function DeleteResourceDialog({ resource, onDeleted, ...dialog }: DeleteResourceDialogProps) {
  const { type, id, name } = resource;
  const { one } = resourceWords[type];
  const pages = useImpactPage();
  const [answer, askAgain] = useAnswer(readResourceDeletion, { resource: { type, id }, page: pages.page });
  // While the next page of keys loads, the last answer keeps the totals on screen.
  const [last, setLast] = useState<ResourceDeletion | null>(null);
  if (answer !== "loading" && answer.ok && answer.value !== last) setLast(answer.value);
  const [typed, setTyped] = useState("");
  const action = useAction(deleteResource, () => {
    toast.success(`“${name}” was deleted`);
    dialog.onClose();
    onDeleted?.();
  });
  const { failed } = action;
  // The number of keys has changed since it was shown, so read it again.
  useEffect(() => {
    if (failed?.code === "conflict") askAgain();
  }, [failed, askAgain]);

  const known = answer === "loading" || answer.ok ? last : null;
  const untold = answer === "loading" || answer.ok ? null : answer;
  const asksName = known !== null && known.keyTotal > 0;
  const label = `Type the ${one}'s name to confirm`;
  const missing =
    known === null ? stillCounting : asksName && !isConfirmed(typed, name) ? `${label}.` : undefined;
  const used = known !== null && known.counts.today > 0;
  return (
    <FormDialog
      {...dialog}
      width={640}
      title={`Delete ${one}`}
      description={name}
      onSubmit={() => known !== null && void action.run({ resource: { type, id }, keyTotal: known.keyTotal })}
      action={{ ...action, failed: failed ?? untold }}
      submit={{ name: "Delete", variant: "danger", disabledBecause: missing }}
    >
      <Alert tone="danger" heading="This cannot be undone">
        The {one} is gone for everybody{known !== null && withIt(known)}. What was done with it stays in the
        audit log.
      </Alert>
      {known === null ? (
        answer === "loading" && <KeysLoading />
      ) : (
        <EndingKeys known={known} answer={answer} pages={pages} />
      )}
      {asksName && (
        <TextToConfirm
          label={label}
          text={name}
          hint={
            <>
              {used ? "Its keys were used in the last 24 hours." : "Its keys end with it."} Type{" "}
              <strong className="select-all font-medium font-mono text-ink [overflow-wrap:anywhere]">
                {name}
              </strong>
              .
            </>
          }
          typed={typed}
          onType={setTyped}
        />
      )}
    </FormDialog>
  );
}

/** What else the deletion takes, as part of a sentence. */
function withIt({ workspaces, userGroups, people }: ResourceDeletion): string {
  const inIt = [
    workspaces > 0 ? countWords(workspaces, "workspace") : null,
    userGroups > 0 ? countWords(userGroups, "usergroup") : null,
  ].filter((words) => words !== null);
  const gone = inIt.length === 0 ? "" : `, with its ${inIt.join(" and ")}`;
  if (people === 0) return gone;
  return `${gone}, and ${people === 1 ? "1 person loses" : `${people} people lose`} their access`;
}

type EndingKeysProps = {
  known: ResourceDeletion;
  answer: Answer<ResourceDeletion>;
  pages: ReturnType<typeof useImpactPage>;
};

/** The keys that end with the deletion. */
function EndingKeys({ known, answer, pages }: EndingKeysProps) {
  const { keyTotal: total } = known;
  if (total === 0) return <p className="text-ink-muted text-sm">No live key ends with it.</p>;
  return (
    <>
      <UseOfKeysFacts impact={known} />
      <MostUsedKeys
        pages={pages}
        total={total}
        label={total === 1 ? "1 key ends" : `${grouped(total)} keys end`}
        rows={answer === "loading" ? answer : mapResult(answer, ({ keys }) => keys)}
        more={({ createdBy }) => <p className="text-ink-muted text-xs">Created by {createdBy.name}</p>}
      />
    </>
  );
}
