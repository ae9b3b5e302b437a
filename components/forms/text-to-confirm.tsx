"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { foldedText } from "@/lib/core/typed-text";

type TextToConfirmProps = {
  /** The instruction, such as "Type the last four characters of the key ID to confirm". */
  label: string;
  /** One sentence that says why confirmation is needed. */
  why: string;
  /** The text to type, shown beside the field. */
  text: string;
  typed: string;
  onType: (typed: string) => void;
};

/** Asks people to type a text before they destroy something that is in use. */
export function TextToConfirm({ label, why, text, typed, onType }: TextToConfirmProps) {
  return (
    <Field
      label={label}
      hint={
        <>
          {why} Type{" "}
          <strong className="select-all font-medium font-mono text-ink [overflow-wrap:anywhere]">
            {text}
          </strong>
        </>
      }
    >
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

/** Does the input match? Ignores case and white space: it proves attention, not typing skill. */
export function isConfirmed(typed: string, text: string): boolean {
  return foldedText(typed).replaceAll(" ", "") === foldedText(text).replaceAll(" ", "");
}
