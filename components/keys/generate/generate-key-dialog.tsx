"use client";

import { useState } from "react";
import { useAction } from "@/components/forms/use-action";
import { useDiscard } from "@/components/forms/use-discard";
import type { DialogProps } from "@/components/list/dialog-host";
import { Dialog, DialogContent } from "@/components/ui/overlay/dialog";
import { generateKey } from "@/lib/actions/keys";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { useWordsFor } from "../change/use-words-for";
import { LostSecretForm } from "../reveal/lost-secret-form";
import { RevealKey } from "../reveal/reveal-key";
import { type KeyAnswer, useKeyAnswer, useRevealedKey } from "../reveal/use-key-answer";
import { GenerateKeyForm } from "./generate-key-form";

type GenerateKeyDialogProps = DialogProps & {
  /** The key to duplicate: the form starts with its settings. */
  from?: KeyRow;
};

/** The form, then the new key, in one dialog. Unmounts when it closes, so it keeps no state. */
export function GenerateKeyDialog({ from, opener, onClose }: GenerateKeyDialogProps) {
  const { revealed, reveal, leave, asked, copied, markCopied } = useRevealedKey(onClose);
  const { lost, take, replace } = useKeyAnswer(reveal);
  const action = useAction(generateKey, (answer: KeyAnswer) => {
    discard.forget();
    take(answer);
  });
  const told = useWordsFor(action, {
    unanswered:
      "The server did not answer, so the key may or may not have been created. Check your connection, then press the button again: it is never created twice.",
  });
  const discard = useDiscard(onClose);
  const close = () => {
    // The pending response may hold a secret; closing now would lose it.
    if (action.pending || replace.pending) return;
    if (revealed === null) discard.leave();
    else leave();
  };
  /** The requested key in one line. */
  const [about, setAbout] = useState("");
  const startsWith = from && `With the settings of “${from.name}”. It gets an ID and a secret of its own.`;
  return (
    <Dialog open onOpenChange={(open) => open || close()}>
      <DialogContent
        title={revealed === null ? "Generate New Key" : `Key created: ${revealed.name}`}
        description={revealed === null ? startsWith : about}
        returnFocusTo={opener}
        {...(revealed === null && lost === null && { width: 560 })}
        onInput={discard.onInput}
      >
        {revealed !== null ? (
          <RevealKey
            revealed={revealed}
            asked={asked}
            copied={copied}
            onCopied={markCopied}
            onLeave={leave}
          />
        ) : lost !== null ? (
          <LostSecretForm key={lost.version} lost={lost} done="created" action={replace} onCancel={onClose} />
        ) : (
          <GenerateKeyForm
            from={from}
            action={told}
            onSubmit={(input, inWords) => {
              setAbout(inWords);
              void action.run(input);
            }}
            onCancel={onClose}
            discarding={discard.asked}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}
