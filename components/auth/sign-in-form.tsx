"use client";

import { PlainForm } from "@/components/forms/action-form";
import { Alert } from "@/components/ui/alert";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { requestPasswordReset } from "@/lib/actions/password-reset";
import { signIn } from "@/lib/actions/session";
import { AuthLink } from "./auth-card";

/**
 * Passes the email typed at sign-in to "Forgot your password?". Kept in memory, since a URL or browser storage would
 * reveal it to the next person at this computer.
 */
const typedEmail: { now: string | undefined } = { now: undefined };

/** A submit before the page's script has loaded is kept by React and replayed afterwards. */
export function SignInForm({ next }: { next: string | null }) {
  return (
    <PlainForm
      action={signIn}
      hidden={next === null ? {} : { next }}
      submit="Sign in"
      below={<AuthLink href="/forgot-password">Forgot your password?</AuthLink>}
    >
      <Field label="Email" name="email">
        <Input
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => {
            typedEmail.now = event.target.value;
          }}
          autoFocus
        />
      </Field>
      <Field label="Password" name="password">
        <Input type="password" autoComplete="current-password" />
      </Field>
    </PlainForm>
  );
}

/** Gives the same answer whether or not an account exists. */
export function ForgotPasswordForm() {
  return (
    <PlainForm
      action={requestPasswordReset}
      submit="Send reset link"
      saved={({ email }) => (
        <Alert role="status" heading="Check your mailbox">
          If there is an account with {email}, a link to set a new password is on its way. It works for an
          hour, and replaces any link that was sent before.
        </Alert>
      )}
      below={<AuthLink href="/sign-in">Back to sign-in</AuthLink>}
    >
      <Field label="Email" name="email">
        <Input
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={typedEmail.now}
          autoFocus
        />
      </Field>
    </PlainForm>
  );
}
