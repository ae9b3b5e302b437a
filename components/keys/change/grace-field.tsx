"use client";

import { useId } from "react";
import { RadioGroup } from "@/components/ui/choice/radio-group";
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
  const now = useNow();
  return (
    <div className="grid gap-1.5">
      <span id={id} className="font-medium text-ink text-sm">
        {label}
      </span>
      <RadioGroup
        aria-labelledby={id}
        options={graceChoices.map(({ seconds, label: grace }) => ({
          value: String(seconds),
          label: grace,
          description: seconds === 0 ? "Calls with it are refused at once" : graceEnd(apiKey, seconds, now),
        }))}
        value={String(graceSeconds)}
        onValueChange={(seconds) => onChange(Number(seconds))}
      />
    </div>
  );
}

function graceEnd({ expiresAt }: KeyRow, seconds: number, now: Date): string | undefined {
  const plan = planRoll({ expiresAt, revokedAt: null, deletedAt: null }, seconds, now);
  if (!plan.ok) return undefined;
  const until = `Until ${exactTimeText(plan.oldSecretEndsAt)}`;
  return plan.oldSecretEndsAt.getTime() === expiresAt?.getTime() ? `${until}, when the key expires` : until;
}
