"use client";

import { useId } from "react";
import { RadioGroup } from "@/components/ui/choice/radio-group";
import { exactTimeText } from "@/components/ui/time/exact-time";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import type { ImpactState } from "./key-impact-facts";

/** Which of a rolling key's two live secrets another roll ends. */
export type RollChoice = "replace unused" | "supersede";

/** The default choice: never the one that ends a secret in use. */
export function rollChoiceOf(impact: ImpactState): RollChoice | null {
  return typeof impact === "object" && !impact.currentSecretUsed ? "replace unused" : null;
}

type RollChoiceFieldProps = {
  apiKey: KeyRow;
  impact: ImpactState;
  choice: RollChoice | null;
  onChoose: (choice: RollChoice) => void;
};

export function RollChoiceField({ apiKey, impact, choice, onChoose }: RollChoiceFieldProps) {
  const id = useId();
  const used = typeof impact === "object" && impact.currentSecretUsed;
  const until = apiKey.graceEndsAt === null ? "" : ` until ${exactTimeText(apiKey.graceEndsAt)}`;
  return (
    <div className="grid gap-1.5">
      <span id={id} className="font-medium text-ink text-sm">
        {used
          ? "Two secrets work now. Choose what happens to the old secret"
          : "This key is being rolled. Two secrets work now"}
      </span>
      <RadioGroup
        aria-labelledby={id}
        options={[
          {
            value: "replace unused",
            label: "Replace the new secret",
            disabled: used,
            description: used
              ? "Not available: a caller has already used the new secret and would be refused."
              : `For a new secret that was lost and never used. The old one keeps working${until}.`,
          },
          {
            value: "supersede",
            label: "End the old secret now",
            description: "Calls with the old secret are refused at once.",
          },
        ]}
        value={choice}
        onValueChange={onChoose}
      />
    </div>
  );
}
