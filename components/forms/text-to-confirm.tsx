"use client";

import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { foldedText } from "@/lib/core/typed-text";

type TextToConfirmProps = {
  /** The instruction, such as "Type 7dVE, the end of the key ID, to confirm". */
  label: string;
  hint?: ReactNode;
  typed: string;
  onType: (typed: string) => void;
};

/** Asks people to type a text before they destroy something that is in use. */
export function TextToConfirm({ label, hint, typed, onType }: TextToConfirmProps) {
  return (
    <Field label={label} hint={hint}>
      <Input
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        onChange={(event) => onType(event.target.value)}
      />
    </Field>
  );
}

/** Why the button waits while the impact loads. */
export const stillCounting = "Checking how it is used.";

/** Does the input match? Ignores case, white space and separators: it proves attention, not typing skill. */
export function isConfirmed(typed: string, text: string): boolean {
  return essence(typed) === essence(text);
}

function essence(text: string): string {
  return foldedText(text).replace(/[\s,.’']/g, "");
}
