"use client";

import { use } from "react";
import { ChoiceOption } from "@/components/ui/choice/choice-option";
import { Field } from "@/components/ui/field";
import { FormContext } from "@/components/ui/field-context";
import { Input } from "@/components/ui/input";

type LifetimeFieldsProps = {
  requireExpiry: boolean;
  maximumLifetimeDays: number | null;
  editable: boolean;
};

const newKeysOnly = "New keys must have an expiry. Existing keys are unaffected.";

/** Key lifetime. Submitted as `requireExpiry` and `maximumLifetimeDays` with the surrounding form. */
export function LifetimeFields({ requireExpiry, maximumLifetimeDays, editable }: LifetimeFieldsProps) {
  const { typed } = use(FormContext);
  // React resets a submitted form, so after a refusal restore the choice.
  const ticked = typed?.requireExpiry === undefined ? requireExpiry : typed.requireExpiry === "on";
  const days = maximumLifetimeDays === null ? "" : String(maximumLifetimeDays);
  return (
    <fieldset className="grid gap-6">
      <legend className={editable ? "mb-1.5 font-medium text-ink text-sm" : "sr-only"}>Key lifetime</legend>
      {editable ? (
        <ChoiceOption
          // The key resets the box to the saved setting after a save.
          key={String(ticked)}
          type="checkbox"
          name="requireExpiry"
          label="Require an expiry"
          description={newKeysOnly}
          defaultChecked={ticked}
          className="rounded-md border border-line-input"
        />
      ) : (
        <Field
          label="Require an expiry"
          hint={requireExpiry ? newKeysOnly : "New keys may be created without an expiry."}
        >
          <Input value={requireExpiry ? "Yes" : "No"} readOnly className="max-w-48" />
        </Field>
      )}
      <Field
        label="Maximum lifetime"
        aside={editable ? "Optional" : undefined}
        name="maximumLifetimeDays"
        hint="In days since a key was created. It ends then, even if its own expiry is later. The Default API Key is exempt. Raising the maximum gives the time back."
      >
        <Input
          key={days}
          defaultValue={days}
          placeholder="No maximum"
          inputMode="numeric"
          maxLength={9}
          readOnly={!editable}
          autoComplete="off"
          className="max-w-48"
        />
      </Field>
    </fieldset>
  );
}
