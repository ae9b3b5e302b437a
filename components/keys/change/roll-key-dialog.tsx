"use client";

import { useState } from "react";
import { DialogForm } from "@/components/forms/dialog-form";
import { useAction } from "@/components/forms/use-action";
import { Dialog, DialogContent } from "@/components/ui/overlay/dialog";
import { rollKey } from "@/lib/actions/keys";
import { defaultGraceSeconds } from "@/lib/core/keys/roll-plan";
import { LostSecretForm } from "../reveal/lost-secret-form";
import { RevealKey } from "../reveal/reveal-key";
import { useKeyAnswer } from "../reveal/use-key-answer";
import { useRevealedKey } from "../reveal/use-revealed-key";
import { GraceField } from "./grace-field";
import type { KeyDialogProps } from "./key-dialog-props";
import { KeyImpactFacts, useKeyImpact } from "./key-impact-facts";
import { KeyNameAndId } from "./key-name-and-id";
import { type RollChoice, RollChoiceField, rollChoiceOf } from "./roll-choice-field";
import { changedMeanwhile, useWordsFor } from "./use-words-for";

/** Rolls a key: the old secret keeps working for the grace period, and the new one is shown once. */
export function RollKeyDialog({ apiKey, opener, onClose }: KeyDialogProps) {
  const { revealed, reveal, leave, asked, markCopied } = useRevealedKey(onClose);
  const { lost, take, replace } = useKeyAnswer(reveal);
  const action = useAction(rollKey, take);
  const told = useWordsFor(action, changedMeanwhile);
  const impact = useKeyImpact(apiKey.id);
  const [graceSeconds, setGraceSeconds] = useState(defaultGraceSeconds);
  const [chosen, setChosen] = useState<RollChoice | null>(null);
  // The version shown when the dialog opened; a background refresh must not replace it.
  const [version] = useState(apiKey.version);
  const rolling = apiKey.status === "rolling";
  const choice = rolling ? (chosen ?? rollChoiceOf(impact)) : "supersede";

  const close = () => {
    if (action.pending || replace.pending) return;
    if (revealed === null) onClose();
    else leave();
  };
  const send = () => {
    const which = { keyId: apiKey.id, version };
    if (choice === "replace unused") return void action.run({ ...which, replaceUnused: true });
    void action.run({ ...which, graceSeconds, ...(rolling ? { supersede: true } : {}) });
  };
  return (
    <Dialog open onOpenChange={(open) => open || close()}>
      <DialogContent
        title="Roll key"
        description={
          <>
            <KeyNameAndId apiKey={revealed ?? apiKey} />{" "}
            {revealed === null ? "gets a new secret; its key ID stays." : "has a new secret."}
          </>
        }
        returnFocusTo={opener}
      >
        {revealed !== null ? (
          <RevealKey revealed={revealed} asked={asked} onCopied={markCopied} onLeave={leave} />
        ) : lost !== null ? (
          <LostSecretForm key={lost.version} lost={lost} done="rolled" action={replace} onCancel={onClose} />
        ) : (
          <DialogForm
            onSubmit={send}
            onCancel={onClose}
            discarding={false}
            action={told}
            submit={{ name: "Roll", variant: "primary", disabled: choice === null }}
          >
            <KeyImpactFacts impact={impact} apiKey={apiKey} />
            {rolling && (
              <RollChoiceField apiKey={apiKey} impact={impact} choice={choice} onChoose={setChosen} />
            )}
            {choice !== "replace unused" && (
              <GraceField
                apiKey={apiKey}
                label={rolling ? "Current secret works for" : "Old secret works for"}
                graceSeconds={graceSeconds}
                onChange={setGraceSeconds}
              />
            )}
          </DialogForm>
        )}
      </DialogContent>
    </Dialog>
  );
}
