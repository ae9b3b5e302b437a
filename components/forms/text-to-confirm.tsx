"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { foldedText } from "@/lib/core/typed-text";

type TextToConfirmProps = {
  /** What to type, such as "Type the last four characters of the key ID to confirm". */
  label: string;
  /** A sentence. */
  why: string;
  /** What is to be typed, shown beside the field. */
  text: string;
  typed: string;
  onType: (typed: string) => void;
};

/** To be typed before something is destroyed that is in use. */
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

/** Is this what was asked for? Case and white space do not count: it proves attention, not typing. */
export function isConfirmed(typed: string, text: string): boolean {
  return foldedText(typed).replaceAll(" ", "") === foldedText(text).replaceAll(" ", "");
}
