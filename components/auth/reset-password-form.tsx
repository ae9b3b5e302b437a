"use client";

import { FailureAlert } from "@/components/forms/failure-alert";
import { NewPasswordField } from "@/components/forms/password/new-password-field";
import { UsernameField } from "@/components/forms/password/username-field";
import { useFaultFocus } from "@/components/forms/use-fault-focus";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { resetPassword } from "@/lib/actions/password-reset";

export function ResetPasswordForm({ token, email }: { token: string; email: string }) {
  const [state, send, pending] = useFormAction(resetPassword);
  const form = useFaultFocus(state.failure);
  return (
    <form ref={form} action={send} noValidate className="grid gap-4">
      <FailureAlert failed={state.failure} />
      <input type="hidden" name="token" value={token} />
      <UsernameField email={email} />
      <NewPasswordField label="New password" name="password" state={state} />
      <Button type="submit" variant="primary" size="large" pending={pending} className="mt-2 w-full">
        Set new password
      </Button>
    </form>
  );
}
