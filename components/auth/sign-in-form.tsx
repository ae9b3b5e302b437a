"use client";

import Link from "next/link";
import { PlainForm } from "@/components/forms/action-form";
import { PasswordInput } from "@/components/forms/password/password-input";
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

/**
 * The sign-in form. React replays a submit that happened before hydration.
 *
 * @param email the email that is expected here, such as the invited one
 */
export function SignInForm({ next, email }: { next: string | null; email?: string }) {
  return (
    <PlainForm action={signIn} hidden={next === null ? {} : { next }} submit="Sign in">
      <Field label="Email" name="email">
        <Input
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={email}
          onChange={(event) => {
            typedEmail.now = event.target.value;
          }}
          autoFocus={email === undefined}
        />
      </Field>
      <div className="relative">
        <Field label="Password" name="password">
          <PasswordInput autoComplete="current-password" autoFocus={email !== undefined} />
        </Field>
        {/* After the field, so that Tab moves from the email to the password. */}
        <Link
          href="/forgot-password"
          className="absolute top-0 right-0 rounded text-[0.8125rem] text-accent-ink underline-offset-4 hover:underline"
        >
          Forgot your password?
        </Link>
      </div>
    </PlainForm>
  );
}

/** Requests a reset link. Gives the same answer whether or not an account exists. */
export function ForgotPasswordForm() {
  return (
    <PlainForm
      action={requestPasswordReset}
      submit="Send reset link"
      saved={({ email }) => (
        <Alert role="status" heading="Check your email">
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
