"use client";

import { FailureAlert, fieldFault } from "@/components/forms/failure-alert";
import { NewPasswordField } from "@/components/forms/password/new-password-field";
import { useFaultFocus } from "@/components/forms/use-fault-focus";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { acceptAsNew } from "@/lib/actions/invitation";

/** For invited people without an account; it is created with the invited email. */
export function AcceptAsNewForm({ token, email }: { token: string; email: string }) {
  const [state, send, pending] = useFormAction(acceptAsNew);
  const form = useFaultFocus(state.failure);
  return (
    <form ref={form} action={send} noValidate className="grid gap-4">
      <FailureAlert failed={state.failure} />
      <input type="hidden" name="token" value={token} />
      <Field label="Email">
        <Input type="email" autoComplete="username" value={email} readOnly />
      </Field>
      <Field label="Your name" error={fieldFault(state.failure, "name")}>
        <Input name="name" autoComplete="name" defaultValue={state.values.name} autoFocus />
      </Field>
      <NewPasswordField label="Password" name="password" state={state} />
      <Button type="submit" variant="primary" size="large" pending={pending} className="mt-2 w-full">
        Join
      </Button>
    </form>
  );
}
