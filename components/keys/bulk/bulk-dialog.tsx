"use client";

import { useEffect, useState } from "react";
import { DialogForm } from "@/components/forms/dialog-form";
import { FailureAlert } from "@/components/forms/failure-alert";
import { TextToConfirm } from "@/components/forms/text-to-confirm";
import { useAnswer } from "@/components/forms/use-answer";
import type { DialogProps } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { Dialog, DialogContent } from "@/components/ui/overlay/dialog";
import { toast } from "@/components/ui/overlay/toast";
import { previewKeyChanges } from "@/lib/actions/bulk-keys";
import type { BulkVerb } from "@/lib/core/keys/bulk/bulk-change";
import type { Result } from "@/lib/core/result";
import type { BulkChange } from "@/lib/schemas/bulk/bulk-keys";
import type { KeyChangesPreview } from "@/lib/services/keys/bulk/bulk-view";
import { BulkPreview } from "./bulk-preview";
import { BulkProgress } from "./bulk-progress";
import { ReceiverField, RoleField } from "./bulk-target";
import { endText, verbWords } from "./bulk-words";
import { useBulkRun } from "./use-bulk-run";

/** The selection in the form that is sent to the server: ids, or the filters of the list. */
export type SentSelection = {
  readonly own: boolean;
  readonly ids: string[] | null;
  readonly address: string;
};

type BulkDialogProps = DialogProps & {
  verb: BulkVerb;
  selection: SentSelection;
  /** The number of selected keys, according to the list. */
  count: number;
  /** Called when the run is over, even if every key was left alone. */
  onDone: () => void;
};

type Question = { change: BulkChange; selection: SentSelection } | null;

const ask = async (organization: string, question: Question): Promise<Result<KeyChangesPreview | null>> =>
  question === null ? { ok: true, value: null } : previewKeyChanges(organization, question);

/** Changes the selected keys: first a dry run, then the confirmation, then the change with its progress. */
export function BulkDialog({ verb, selection, count, opener, onClose, onDone }: BulkDialogProps) {
  const [target, setTarget] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const change = changeOf(verb, target);
  const [answer, askAgain] = useAnswer(ask, change === null ? null : { change, selection });
  const run = useBulkRun(change, selection.own);
  const { name, title, about } = verbWords[verb];
  const preview = answer !== "loading" && answer.ok ? answer.value : null;
  const keys = preview?.keys ?? [];
  const ends = verb === "revoke" || verb === "delete";
  const inUse = preview?.inUse ?? 0;
  // Deleting asks for the number more often than revoking, because revoked keys stay in the list.
  const asksForNumber = ends && (inUse > 0 || (verb === "delete" && keys.length > 1));
  const isSure = !asksForNumber || typed.replaceAll(/[^0-9]/g, "") === String(keys.length);

  const label = "Type the number of keys that end to confirm";
  const missing =
    change === null
      ? verb === "transfer"
        ? "Choose who gets the keys."
        : "Choose a role."
      : answer === "loading"
        ? "Checking what would change."
        : keys.length === 0
          ? "No key would change."
          : isSure
            ? undefined
            : `${label}.`;

  // Clear the selection once keys have been processed. The open dialog still shows how many are left.
  const isOver = run.state === "done" || (run.state === "stopped" && run.result.seen > 0);
  useEffect(() => {
    if (isOver) onDone();
  }, [isOver, onDone]);

  const close = () => {
    if (run.state === "running") return;
    if (run.state === "done") toast.success(endText(verb, run.result));
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => open || close()}>
      <DialogContent title={title(countOf(count, "key"))} description={about} returnFocusTo={opener}>
        {run.state === "asked" || run.prompt !== null ? (
          <DialogForm
            action={{ pending: false, failed: run.failed, prompt: run.prompt }}
            submit={{
              name,
              variant: ends ? "danger" : "primary",
              disabledBecause: missing,
            }}
            onSubmit={() => run.start(keys)}
            onCancel={close}
            discarding={false}
          >
            {verb === "transfer" && <ReceiverField value={target} onChoose={setTarget} />}
            {(verb === "addRole" || verb === "removeRole") && (
              <RoleField value={target} onChoose={setTarget} />
            )}
            {ends && keys.length > 0 && <Alert tone="danger" heading="This cannot be undone" />}
            {change !== null && <DryRun verb={verb} own={selection.own} answer={answer} onAgain={askAgain} />}
            {asksForNumber && (
              <TextToConfirm
                label={label}
                text={grouped(keys.length)}
                hint={`${inUseText(inUse)} Type ${grouped(keys.length)}.`}
                typed={typed}
                onType={setTyped}
              />
            )}
          </DialogForm>
        ) : (
          <BulkProgress verb={verb} run={run} onClose={close} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function changeOf(verb: BulkVerb, target: string | null): BulkChange | null {
  switch (verb) {
    case "transfer":
      return target === null ? null : { verb, toUserId: target };
    case "addRole":
    case "removeRole":
      return target === null ? null : { verb, role: target };
    default:
      return { verb };
  }
}

function inUseText(inUse: number): string {
  if (inUse === 0) return "Deleted keys cannot be brought back.";
  return inUse === 1 ? "One of them is in use." : `${grouped(inUse)} of them are in use.`;
}

type DryRunProps = {
  verb: BulkVerb;
  own: boolean;
  answer: "loading" | Result<KeyChangesPreview | null>;
  onAgain: () => void;
};

function DryRun({ verb, own, answer, onAgain }: DryRunProps) {
  if (answer === "loading") return <BulkPreview verb={verb} own={own} preview={null} />;
  if (!answer.ok) {
    return (
      <div className="grid justify-items-start gap-2">
        <FailureAlert failed={answer} />
        <Button onClick={onAgain}>Try again</Button>
      </div>
    );
  }
  return (
    <>
      {answer.value?.keys.length === 0 && <Alert heading="No key would change" />}
      <BulkPreview verb={verb} own={own} preview={answer.value} />
    </>
  );
}
