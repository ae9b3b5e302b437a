"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FormState } from "@/lib/actions/form-state";
import { fieldFault } from "../failure-alert";

type NewPasswordFieldProps = { label: string; name: string; state: FormState };

export function NewPasswordField({ label, name, state }: NewPasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const error = fieldFault(state.failure, name);
  return (
    // The error repeats the hint, so only one of them is shown.
    <Field
      label={label}
      hint={error === undefined && "At least 12 characters. Four unrelated words work well."}
      error={error}
    >
      <div className="relative">
        <Input
          name={name}
          type={shown ? "text" : "password"}
          autoComplete="new-password"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          className="pr-16 sm:pr-14"
        />
        {/* The label does not say "password", so that it cannot be confused with the field's. */}
        <Button
          variant="ghost"
          size="small"
          title="Show or hide the characters"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="absolute! inset-y-0 right-1 my-auto max-sm:h-9"
        >
          Show
        </Button>
      </div>
    </Field>
  );
}
