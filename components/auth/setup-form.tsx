"use client";

import { FailureAlert, fieldFault } from "@/components/forms/failure-alert";
import { NewPasswordField } from "@/components/forms/password/new-password-field";
import { useFaultFocus } from "@/components/forms/use-fault-focus";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { setUp } from "@/lib/actions/setup";

export function SetupForm({ token }: { token: string }) {
  const [state, send, pending] = useFormAction(setUp);
  const form = useFaultFocus(state.failure);
  return (
    <form ref={form} action={send} noValidate className="grid gap-4">
      <FailureAlert failed={state.failure} />
      <input type="hidden" name="token" value={token} />
      <Field label="Your name" error={fieldFault(state.failure, "name")}>
        <Input name="name" autoComplete="name" defaultValue={state.values.name} autoFocus />
      </Field>
      <Field label="Email" error={fieldFault(state.failure, "email")}>
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
      <Field label="Organization name" error={fieldFault(state.failure, "organizationName")}>
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
