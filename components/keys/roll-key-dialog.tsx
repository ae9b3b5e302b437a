"use client";

import { useId, useState } from "react";
import { DialogForm } from "@/components/forms/dialog-form";
import { useAction } from "@/components/forms/use-action";
import { Alert } from "@/components/ui/alert";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { exactTimeText } from "@/components/ui/exact-time";
import { useNow } from "@/components/ui/now-provider";
import { RadioGroup, RadioOption } from "@/components/ui/radio-group";
import { rollKey } from "@/lib/actions/keys";
import { defaultGraceSeconds, graceChoices, planRoll } from "@/lib/core/roll-plan";
import type { KeyRow } from "@/lib/services/keys/key-view";
import type { KeyDialogProps } from "./key-dialog-props";
import { KeyImpactFacts, useKeyImpact } from "./key-impact-facts";
import { RevealKey } from "./reveal-key";
import { useRevealedKey } from "./use-revealed-key";

/** A new secret, the old one working on for a while; then the new one, once. [J7] */
export function RollKeyDialog({ apiKey, opener, onClose }: KeyDialogProps) {
  const { revealed, reveal, leave, asked, markCopied } = useRevealedKey(onClose);
  const action = useAction(rollKey, reveal);
  const impact = useKeyImpact(apiKey.id);
  const graceLabel = useId();
  const [graceSeconds, setGraceSeconds] = useState(defaultGraceSeconds);
  // The version that was seen when the dialog opened, not one that comes with a refresh behind it.
  const [secretVersion] = useState(apiKey.secretVersion);

  const close = () => {
    if (action.pending) return;
    if (revealed === null) onClose();
    else leave();
  };
  return (
    <Dialog open onOpenChange={(open) => open || close()}>
      <DialogContent
        title="Roll key"
        description={
          revealed === null
            ? `“${apiKey.name}” gets a new secret; its key id stays.`
            : `“${revealed.name}” has a new secret.`
        }
        returnFocusTo={opener}
      >
        {revealed !== null ? (
          <RevealKey revealed={revealed} asked={asked} onCopied={markCopied} onLeave={leave} />
        ) : (
          <DialogForm
            onSubmit={() => void action.run({ keyId: apiKey.id, graceSeconds, secretVersion })}
            action={action}
            submit={{ name: "Roll", variant: "primary" }}
          >
            <KeyImpactFacts impact={impact} apiKey={apiKey} />
            <div className="grid gap-1.5">
              <span id={graceLabel} className="font-medium text-ink text-sm">
                Old secret works for
              </span>
              <RadioGroup
                aria-labelledby={graceLabel}
                className="grid gap-2"
                value={String(graceSeconds)}
                onValueChange={(seconds) => setGraceSeconds(Number(seconds))}
              >
                {graceChoices.map(({ seconds, label }) => (
                  <GraceOption key={seconds} seconds={seconds} label={label} apiKey={apiKey} />
                ))}
              </RadioGroup>
            </div>
            {apiKey.status === "rolling" && (
              <Alert>
                This key is being rolled already. Rolling it again ends the older of its two secrets at once.
              </Alert>
            )}
          </DialogForm>
        )}
      </DialogContent>
    </Dialog>
  );
}

type GraceOptionProps = { seconds: number; label: string; apiKey: KeyRow };

function GraceOption({ seconds, label, apiKey }: GraceOptionProps) {
  const now = useNow();
  const times = { expiresAt: apiKey.expiresAt, revokedAt: null, deletedAt: null, graceEndsAt: null };
  const plan = planRoll(times, seconds, now);
  const ends = plan.ok && seconds > 0 ? `Until ${exactTimeText(plan.oldSecretEndsAt)}` : undefined;
  const cut = plan.ok && plan.oldSecretEndsAt.getTime() === apiKey.expiresAt?.getTime();
  const description = seconds === 0 ? "Calls with it are refused at once" : ends;
  return (
    <RadioOption
      value={String(seconds)}
      label={label}
      description={cut && seconds > 0 ? `${description}, when the key expires` : description}
    />
  );
}
