"use client";

import { useId, useState } from "react";
import { DialogForm } from "@/components/forms/dialog-form";
import { useAction } from "@/components/forms/use-action";
import type { DialogProps } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { ChoiceOption } from "@/components/ui/choice/choice-option";
import { RadioGroup } from "@/components/ui/choice/radio-group";
import { Dialog, DialogContent } from "@/components/ui/overlay/dialog";
import { exactTimeText } from "@/components/ui/time/exact-time";
import { useNow } from "@/components/ui/time/now-provider";
import { rollKey } from "@/lib/actions/keys";
import { effectiveEnd, expirySetBy } from "@/lib/core/keys/effective-end";
import { isLeakPause } from "@/lib/core/keys/key-status";
import { defaultGraceSeconds, graceChoices, planRoll } from "@/lib/core/keys/roll-plan";
import { defaultSilentHours } from "@/lib/core/keys/rotation/grace-evidence";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { KeyImpactCard } from "../impact/key-impact-card";
import { type ImpactState, useKeyImpact } from "../impact/use-key-impact";
import { keyAbout } from "../reveal/key-about";
import { LostSecretForm } from "../reveal/lost-secret-form";
import { RevealKey } from "../reveal/reveal-key";
import { useKeyAnswer, useRevealedKey } from "../reveal/use-key-answer";
import { KeyNameAndId } from "./key-name-and-id";
import { changedMeanwhile, useWordsFor } from "./use-words-for";

/** Rolls a key: the current secret keeps working for the grace period, and the new one is shown once. */
export function RollKeyDialog({ apiKey, opener, onClose }: DialogProps & { apiKey: KeyRow }) {
  const { revealed, reveal, leave, asked, copied, markCopied } = useRevealedKey(onClose);
  const { lost, take, replace } = useKeyAnswer(reveal);
  const action = useAction(rollKey, take);
  const told = useWordsFor(action, changedMeanwhile);
  const impact = useKeyImpact(apiKey.id);
  const [graceSeconds, setGraceSeconds] = useState(
    isLeakPause(apiKey.pausedAt, apiKey.pausedBy) ? 0 : defaultGraceSeconds,
  );
  const [silent, setSilent] = useState(false);
  const [chosen, setChosen] = useState<RollChoice | null>(null);
  // The version shown when the dialog opened; a background refresh must not replace it.
  const [version] = useState(apiKey.version);
  const rolling = apiKey.graceEndsAt !== null;
  const choice = rolling ? (chosen ?? rollChoiceOf(impact)) : "supersede";

  const close = () => {
    if (action.pending || replace.pending) return;
    if (revealed === null) onClose();
    else leave();
  };
  const send = () => {
    const which = { keyId: apiKey.id, version };
    if (choice === "replace unused") return void action.run({ ...which, replaceUnused: true });
    const silence = silent && graceSeconds > silentSeconds ? { silentHours: defaultSilentHours } : {};
    void action.run({ ...which, graceSeconds, ...silence, ...(rolling ? { supersede: true } : {}) });
  };
  return (
    <Dialog open onOpenChange={(open) => open || close()}>
      <DialogContent
        title={revealed === null ? "Roll key" : `Key rolled: ${revealed.name}`}
        description={
          revealed === null ? (
            <KeyNameAndId apiKey={apiKey} />
          ) : (
            keyAbout({ ...apiKey, roles: apiKey.roles.map(({ id }) => id) })
          )
        }
        returnFocusTo={opener}
      >
        {revealed !== null ? (
          <RevealKey revealed={revealed} asked={asked} copied={copied} onCopied={markCopied} onLeave={leave}>
            {apiKey.status === "paused" && (
              <p className="text-ink-muted text-sm">
                The key is paused: both secrets are refused until it is resumed.
              </p>
            )}
          </RevealKey>
        ) : lost !== null ? (
          <LostSecretForm key={lost.version} lost={lost} done="rolled" action={replace} onCancel={onClose} />
        ) : (
          <DialogForm
            onSubmit={send}
            onCancel={onClose}
            discarding={false}
            action={told}
            submit={{
              name: "Roll",
              variant: "primary",
              disabledBecause: choice === null ? "Choose what happens to the previous secret." : undefined,
            }}
          >
            {apiKey.status === "paused" && (
              <Alert tone="notice" heading="This key is paused">
                A roll does not resume it. Until somebody does, both secrets are refused, and the previous
                one's time runs on.
              </Alert>
            )}
            {apiKey.imported && (
              <Alert tone="notice" heading="This key has an imported token">
                It becomes an ordinary key: the new secret is a Latchkey token, and the imported token works
                until the grace period ends.
              </Alert>
            )}
            <KeyImpactCard
              impact={impact}
              apiKey={apiKey}
              effect="They are refused when the secret they use ends."
            />
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
            {choice !== "replace unused" && graceSeconds > silentSeconds && (
              <ChoiceOption
                type="checkbox"
                label="End it earlier once it is no longer used"
                description={`After ${defaultSilentHours} hours without a call, if the new secret is in use by then. If the previous one is still used a day before its end, the audit log says by whom.`}
                checked={silent}
                onChange={({ target }) => setSilent(target.checked)}
                className="rounded-md border border-line-input"
              />
            )}
          </DialogForm>
        )}
      </DialogContent>
    </Dialog>
  );
}

const silentSeconds = defaultSilentHours * 3600;

type GraceFieldProps = {
  apiKey: KeyRow;
  label: string;
  graceSeconds: number;
  onChange: (graceSeconds: number) => void;
};

/** How long the secret that a roll replaces keeps working. */
function GraceField({ apiKey, label, graceSeconds, onChange }: GraceFieldProps) {
  const id = useId();
  // A grace period would let the leaked secret work again after Resume.
  const isLeaked = isLeakPause(apiKey.pausedAt, apiKey.pausedBy);
  const now = useNow();
  return (
    <div className="grid gap-1.5">
      <span id={id} className="font-medium text-ink text-sm">
        {label}
      </span>
      <RadioGroup
        aria-labelledby={id}
        options={graceChoices
          .filter(({ seconds }) => seconds === 0 || !isLeaked)
          .map(({ seconds, label: grace }) => ({
            value: String(seconds),
            label: grace,
            description: seconds === 0 ? endedNow(apiKey, "it") : graceEnd(apiKey, seconds, now),
          }))}
        value={String(graceSeconds)}
        onValueChange={(seconds) => onChange(Number(seconds))}
      />
    </div>
  );
}

/** What ending a secret now means to its callers. A paused key refuses them already. */
function endedNow({ status }: KeyRow, secret: string): string {
  return status === "paused"
    ? `Calls with ${secret} stay refused when the key is resumed`
    : `Calls with ${secret} are refused at once`;
}

function graceEnd(key: KeyRow, seconds: number, now: Date): string | undefined {
  const plan = planRoll({ ...key, pausedAt: null, revokedAt: null, deletedAt: null }, seconds, now);
  if (!plan.ok) return undefined;
  const until = `Until ${exactTimeText(plan.oldSecretEndsAt)}`;
  return plan.oldSecretEndsAt.getTime() === effectiveEnd(key)?.getTime()
    ? `${until}, when the key ${expirySetBy(key) === "policy" ? "reaches the maximum lifetime" : "expires"}`
    : until;
}

/** Which of a rolling key's two live secrets another roll ends. */
type RollChoice = "replace unused" | "supersede";

/** The default choice: never the one that ends a secret in use. */
function rollChoiceOf(impact: ImpactState): RollChoice | null {
  return typeof impact === "object" && !impact.currentSecretUsed ? "replace unused" : null;
}

type RollChoiceFieldProps = {
  apiKey: KeyRow;
  impact: ImpactState;
  choice: RollChoice | null;
  onChoose: (choice: RollChoice) => void;
};

function RollChoiceField({ apiKey, impact, choice, onChoose }: RollChoiceFieldProps) {
  const id = useId();
  const used = typeof impact === "object" && impact.currentSecretUsed;
  const until = apiKey.graceEndsAt === null ? "" : ` until ${exactTimeText(apiKey.graceEndsAt)}`;
  const two = apiKey.status === "paused" ? "It has two secrets" : "Two secrets work now";
  return (
    <div className="grid gap-1.5">
      <span id={id} className="font-medium text-ink text-sm">
        {used ? `${two}. Choose what happens to the previous secret` : `This key is being rolled. ${two}`}
      </span>
      <RadioGroup
        aria-labelledby={id}
        options={[
          {
            value: "replace unused",
            label: "Replace the new secret",
            disabledBecause: used
              ? "Not available: a caller has already used the new secret and would be refused."
              : undefined,
            description: `For a new secret that was lost and never used. The previous one stays valid${until}.`,
          },
          {
            value: "supersede",
            label: "End the previous secret now",
            description: `${endedNow(apiKey, "the previous secret")}.`,
          },
        ]}
        value={choice}
        onValueChange={onChoose}
      />
    </div>
  );
}
