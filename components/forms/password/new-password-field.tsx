"use client";

import { use, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormContext, faultOf } from "@/components/ui/field-context";
import { Input } from "@/components/ui/input";

export function NewPasswordField({ label, name }: { label: string; name: string }) {
  const [shown, setShown] = useState(false);
  const isRefused = faultOf(use(FormContext).faults, name) !== undefined;
  return (
    // The error repeats the hint, so only one of them is shown.
    <Field
      label={label}
      name={name}
      hint={!isRefused && "At least 12 characters. Four unrelated words work well."}
    >
      <div className="relative">
        <Input
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
