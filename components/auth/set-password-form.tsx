"use client";

import { FailureAlert } from "@/components/forms/failure-alert";
import { NewPasswordField } from "@/components/forms/password/new-password-field";
import { useFaultFocus } from "@/components/forms/use-fault-focus";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { setFirstPassword } from "@/lib/actions/password-link";

/** For accounts created through the API that have no password yet. */
export function SetPasswordForm({ token, email }: { token: string; email: string }) {
  const [state, send, pending] = useFormAction(setFirstPassword);
  const form = useFaultFocus(state.failure);
  return (
    <form ref={form} action={send} noValidate className="grid gap-4">
      <FailureAlert failed={state.failure} />
      <input type="hidden" name="token" value={token} />
      <Field label="Email">
        <Input type="email" autoComplete="username" value={email} readOnly />
      </Field>
      <NewPasswordField label="Password" name="password" state={state} />
      <Button type="submit" variant="primary" size="large" pending={pending} className="mt-2 w-full">
        Set password
      </Button>
    </form>
  );
}
