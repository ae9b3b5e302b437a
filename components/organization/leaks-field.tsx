"use client";

import { use } from "react";
import { ChoiceOption } from "@/components/ui/choice/choice-option";
import { Field } from "@/components/ui/field";
import { FormContext } from "@/components/ui/field-context";
import { Input } from "@/components/ui/input";

type LeaksFieldProps = { pauseLeakedKeys: boolean; editable: boolean };

/** Whether leaked keys are paused. Submitted as `pauseLeakedKeys` with the surrounding form. */
export function LeaksField({ pauseLeakedKeys, editable }: LeaksFieldProps) {
  const { typed } = use(FormContext);
  // React resets a submitted form, so after a refusal restore the choice.
  const ticked = typed?.pauseLeakedKeys === undefined ? pauseLeakedKeys : typed.pauseLeakedKeys === "on";
  if (!editable) {
    return (
      <Field label="When a secret key leaks" hint="Anyone who finds it can report it.">
        <Input value={pauseLeakedKeys ? "Pause it" : "Revoke it"} readOnly className="max-w-48" />
      </Field>
    );
  }
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 font-medium text-ink text-sm">When a secret key leaks</legend>
      <ChoiceOption
        // The key resets the box to the saved setting after a save.
        key={String(ticked)}
        type="checkbox"
        name="pauseLeakedKeys"
        label="Pause it instead of revoking it"
        description="Calls are refused either way. A paused key can be rolled and resumed; a revoked one is gone for good."
        defaultChecked={ticked}
        className="rounded-md border border-line-input"
      />
    </fieldset>
  );
}
