"use client";

import { use, useState } from "react";
import { Field } from "@/components/ui/field";
import { FormContext } from "@/components/ui/field-context";
import { Input } from "@/components/ui/input";
import { tokenPrefixPattern } from "@/lib/core/keys/token-prefix";

/** What new tokens start with, and how they will look. Submitted as `tokenPrefix` with the surrounding form. */
export function TokenPrefixField({ prefix, editable }: { prefix: string; editable: boolean }) {
  const { typed } = use(FormContext);
  const [entered, setEntered] = useState<string>();
  const shown = (entered ?? typed?.tokenPrefix ?? prefix).trim() || "lk";
  const preview = tokenPrefixPattern.test(shown) ? shown : "…";
  return (
    <Field
      label="Token prefix"
      aside={editable ? "Optional" : undefined}
      name="tokenPrefix"
      hint={
        <>
          New tokens look like <code className="font-mono">{preview}_sk_…</code> and older ones keep working.
          No other organization can take a prefix that you have used.
        </>
      }
    >
      <Input
        defaultValue={prefix}
        placeholder="lk"
        maxLength={16}
        readOnly={!editable}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        className="max-w-48 font-mono"
        onChange={({ target }) => setEntered(target.value)}
      />
    </Field>
  );
}
