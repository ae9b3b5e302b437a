"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type NameToConfirmProps = {
  /** What has the name, such as "key". */
  of: string;
  /** A sentence. */
  why: string;
  name: string;
  typed: string;
  onType: (typed: string) => void;
};

/** To be typed before something is destroyed that is in use. */
export function NameToConfirm({ of, why, name, typed, onType }: NameToConfirmProps) {
  return (
    <Field
      label={`Type the ${of}'s name to confirm`}
      hint={
        <>
          {why} Its name:{" "}
          <strong className="select-all font-medium text-ink [overflow-wrap:anywhere]">{name}</strong>
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
