"use client";

import { fieldFault } from "@/components/forms/failure-alert";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Failure } from "@/lib/core/result";

type ResourceNameFieldProps = {
  value: string;
  onChange: (name: string) => void;
  failed: Failure | null;
  hint?: string | undefined;
};

export function ResourceNameField({ value, onChange, failed, hint }: ResourceNameFieldProps) {
  return (
    <Field label="Name" required hint={hint} error={fieldFault(failed, "name")}>
      <Input
        data-autofocus
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
