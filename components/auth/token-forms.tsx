"use client";

import { PlainForm } from "@/components/forms/action-form";
import { NewPasswordField } from "@/components/forms/password/new-password-field";
import { UsernameField } from "@/components/forms/password/username-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { acceptAsNew, acceptInvitation } from "@/lib/actions/invitation";
import { setFirstPassword } from "@/lib/actions/password-link";
import { resetPassword } from "@/lib/actions/password-reset";
import { setUp } from "@/lib/actions/setup";

/** The token of the one-time link, and the email it was created for. */
type Link = { token: string; email: string };

export function SetupForm({ token }: { token: string }) {
  return (
    <PlainForm action={setUp} hidden={{ token }} submit="Create organization">
      <Field label="Your name" name="name">
        <Input autoComplete="name" autoFocus />
      </Field>
      <Field label="Email" name="email">
        <Input type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} />
      </Field>
      <NewPasswordField label="Password" name="password" />
      <Field label="Organization name" name="organizationName">
        <Input autoComplete="organization" />
      </Field>
    </PlainForm>
  );
}

/** For invited people without an account, which is created with the invited email. */
export function AcceptAsNewForm({ token, email }: Link) {
  return (
    <PlainForm action={acceptAsNew} hidden={{ token }} submit="Join">
      <GivenEmail email={email} />
      <Field label="Your name" name="name">
        <Input autoComplete="name" autoFocus />
      </Field>
      <NewPasswordField label="Password" name="password" />
    </PlainForm>
  );
}

/** For people signed in with the invited email. */
export function AcceptForm({ token }: { token: string }) {
  return <PlainForm action={acceptInvitation} hidden={{ token }} submit="Join" />;
}

/** For accounts created through the API that have no password yet. */
export function SetPasswordForm({ token, email }: Link) {
  return (
    <PlainForm action={setFirstPassword} hidden={{ token }} submit="Set password">
      <GivenEmail email={email} />
      <NewPasswordField label="Password" name="password" />
    </PlainForm>
  );
}

export function ResetPasswordForm({ token, email }: Link) {
  return (
    <PlainForm action={resetPassword} hidden={{ token }} submit="Set new password">
      <UsernameField email={email} />
      <NewPasswordField label="New password" name="password" />
    </PlainForm>
  );
}

function GivenEmail({ email }: { email: string }) {
  return (
    <Field label="Email">
      <Input type="email" autoComplete="username" value={email} readOnly />
    </Field>
  );
}
