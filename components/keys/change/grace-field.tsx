"use client";

import { useId } from "react";
import { RadioGroup, RadioOption } from "@/components/ui/choice/radio-group";
import { exactTimeText } from "@/components/ui/time/exact-time";
import { useNow } from "@/components/ui/time/now-provider";
import { graceChoices, planRoll } from "@/lib/core/keys/roll-plan";
import type { KeyRow } from "@/lib/services/keys/read/key-view";

type GraceFieldProps = {
  apiKey: KeyRow;
  label: string;
  graceSeconds: number;
  onChange: (graceSeconds: number) => void;
};

/** How long the old secret keeps working after a roll. */
export function GraceField({ apiKey, label, graceSeconds, onChange }: GraceFieldProps) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <span id={id} className="font-medium text-ink text-sm">
        {label}
      </span>
      <RadioGroup
        aria-labelledby={id}
        className="grid gap-2"
        value={String(graceSeconds)}
        onValueChange={(seconds) => onChange(Number(seconds))}
      >
        {graceChoices.map((choice) => (
          <GraceOption key={choice.seconds} {...choice} apiKey={apiKey} />
        ))}
      </RadioGroup>
    </div>
  );
}

type GraceOptionProps = { seconds: number; label: string; apiKey: KeyRow };

function GraceOption({ seconds, label, apiKey }: GraceOptionProps) {
  const now = useNow();
  const times = { expiresAt: apiKey.expiresAt, revokedAt: null, deletedAt: null };
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
