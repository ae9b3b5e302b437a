"use client";

import { use } from "react";
import { Field } from "@/components/ui/field";
import { FormContext, faultOf } from "@/components/ui/field-context";
import { PasswordInput } from "./password-input";

export function NewPasswordField({ label, name }: { label: string; name: string }) {
  const isRefused = faultOf(use(FormContext).faults, name) !== undefined;
  return (
    // The error repeats the hint, so only one of them is shown.
    <Field
      label={label}
      name={name}
      hint={!isRefused && "At least 12 characters. Four unrelated words work well."}
    >
      <PasswordInput autoComplete="new-password" />
    </Field>
  );
}
