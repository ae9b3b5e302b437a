"use client";

import Link from "next/link";
import { FailureAlert, fieldFault } from "@/components/forms/failure-alert";
import { useFaultFocus } from "@/components/forms/use-fault-focus";
import { useFormAction } from "@/components/forms/use-form-action";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { requestPasswordReset } from "@/lib/actions/password-reset";
import { typedEmail } from "./typed-email";

/** Gives the same answer whether or not an account exists. */
export function ForgotPasswordForm() {
  const [state, send, pending] = useFormAction(requestPasswordReset);
  const form = useFaultFocus(state.failure);
  return (
    <form ref={form} action={send} noValidate className="grid gap-4">
      <FailureAlert failed={state.failure} />
      {state.savedAt !== null && (
        <Alert role="status" heading="Check your mailbox">
          If there is an account with {state.values.email}, a link to set a new password is on its way. It
          works for an hour, and replaces any link that was sent before.
        </Alert>
      )}
      <Field label="Email" error={fieldFault(state.failure, "email")}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={state.values.email ?? typedEmail.now}
          autoFocus
        />
      </Field>
      <Button type="submit" variant="primary" size="large" pending={pending} className="mt-2 w-full">
        Send reset link
      </Button>
      <p className="text-center text-sm">
        <Link href="/sign-in" className="font-medium text-accent-ink underline-offset-4 hover:underline">
          Back to sign-in
        </Link>
      </p>
    </form>
  );
}
