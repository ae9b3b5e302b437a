"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { freshForm } from "@/lib/actions/form-state";
import { setUp } from "@/lib/actions/setup";
import { fieldMessage } from "./field-message";
import { FormAlert } from "./form-alert";
import { NewPasswordField } from "./new-password-field";
import { useFaultFocus } from "./use-fault-focus";

export function SetupForm({ token }: { token: string }) {
  const [state, send, pending] = useActionState(setUp, freshForm);
  const form = useFaultFocus(state);
  return (
    <form ref={form} action={send} noValidate className="grid gap-4">
      <FormAlert state={state} />
      <input type="hidden" name="token" value={token} />
      <Field label="Your name" error={fieldMessage(state, "name")}>
        <Input name="name" autoComplete="name" defaultValue={state.values.name} autoFocus />
      </Field>
      <Field label="Email" error={fieldMessage(state, "email")}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={state.values.email}
        />
      </Field>
      <NewPasswordField label="Password" name="password" state={state} />
      <Field label="Organization name" error={fieldMessage(state, "organizationName")}>
        <Input
          name="organizationName"
          autoComplete="organization"
          defaultValue={state.values.organizationName}
        />
      </Field>
      <Button type="submit" variant="primary" size="large" pending={pending} className="mt-2 w-full">
        Create organization
      </Button>
    </form>
  );
}
