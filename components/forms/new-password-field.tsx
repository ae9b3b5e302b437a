"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FormState } from "@/lib/actions/form-state";
import { fieldFault } from "./failure-alert";

type NewPasswordFieldProps = { label: string; name: string; state: FormState };

export function NewPasswordField({ label, name, state }: NewPasswordFieldProps) {
  const error = fieldFault(state.failure, name);
  return (
    // The fault says what the hint says.
    <Field label={label} hint={error === undefined && "At least 12 characters."} error={error}>
      <Input name={name} type="password" autoComplete="new-password" />
    </Field>
  );
}
