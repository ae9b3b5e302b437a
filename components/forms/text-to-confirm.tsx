"use client";

import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { foldedText } from "@/lib/core/typed-text";

type TextToConfirmProps = {
  /** The instruction, such as "Type 7dVE, the end of the key ID, to confirm". */
  label: string;
  /** The text to type, and an alternative that is accepted too. */
  text: string;
  orText?: string;
  hint?: ReactNode;
  typed: string;
  onType: (typed: string) => void;
};

/** Asks people to type a text before they destroy something that is in use. */
export function TextToConfirm({ label, text, orText = text, hint, typed, onType }: TextToConfirmProps) {
  const isAstray = ![text, orText].some((each) => essence(each).startsWith(essence(typed)));
  const [before, ...after] = label.split(text);
  const how = after.length > 0 ? label : `Type ${text}`;
  return (
    <Field
      // A monospaced font tells l, I and 1 apart, and O from 0.
      label={
        after.length === 0 ? (
          label
        ) : (
          <>
            {before}
            <code className="select-all font-mono font-semibold">{text}</code>
            {after.join(text)}
          </>
        )
      }
      hint={hint}
      error={isAstray ? `This does not match. ${how}.` : undefined}
    >
      <Input
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        className="font-mono"
        value={typed}
        onChange={(event) => onType(event.target.value)}
      />
    </Field>
  );
}

/** Why the button is disabled while the impact loads. */
export const stillCounting = "Checking how it is used.";

/** Does the input match? Ignores case, white space and separators: it proves attention, not typing skill. */
export function isConfirmed(typed: string, text: string): boolean {
  return essence(typed) === essence(text);
}

function essence(text: string): string {
  return foldedText(text).replace(/[\s,.’']/g, "");
}
