"use client";

import { useAction } from "@/components/forms/use-action";
import { useDiscard } from "@/components/forms/use-discard";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { generateKey } from "@/lib/actions/keys";
import type { RevealedKey } from "@/lib/services/keys/key-view";
import { GenerateKeyForm } from "./generate-key-form";
import { RevealKey } from "./reveal-key";
import { useRevealedKey } from "./use-revealed-key";

type GenerateKeyDialogProps = {
  opener: HTMLElement | null;
  onClose: () => void;
};

/** The form, and after it the key, in one dialog. Not there while it is closed, so it forgets everything. [B4, P8] */
export function GenerateKeyDialog({ opener, onClose }: GenerateKeyDialogProps) {
  const { revealed, reveal, leave, asked, markCopied } = useRevealedKey(onClose);
  const action = useAction(generateKey, (key: RevealedKey) => {
    discard.forget();
    reveal(key);
  });
  const discard = useDiscard(onClose);
  const close = () => {
    // The answer under way may hold a secret that nobody would see.
    if (action.pending) return;
    if (revealed === null) discard.leave();
    else leave();
  };
  return (
    <Dialog open onOpenChange={(open) => open || close()}>
      <DialogContent
        title="Generate New Key"
        description={revealed === null ? undefined : `“${revealed.name}” is ready to use.`}
        returnFocusTo={opener}
        onInput={discard.onInput}
      >
        {revealed === null ? (
          <GenerateKeyForm
            action={action}
            onSubmit={action.run}
            onCancel={onClose}
            discarding={discard.asked}
          />
        ) : (
          <RevealKey revealed={revealed} asked={asked} onCopied={markCopied} onLeave={leave} />
        )}
      </DialogContent>
    </Dialog>
  );
}
