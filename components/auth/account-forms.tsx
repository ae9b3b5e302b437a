"use client";

import { CardForm } from "@/components/forms/action-form";
import { NewPasswordField } from "@/components/forms/password/new-password-field";
import { PasswordInput } from "@/components/forms/password/password-input";
import { UsernameField } from "@/components/forms/password/username-field";
import { CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { changePassword, updateProfile } from "@/lib/actions/account";

export function ProfileForm({ name, email }: { name: string; email: string }) {
  return (
    <CardForm action={updateProfile} hidden={{ seenName: name }} submit="Save" saved="Profile saved">
      <Field label="Your name" name="name">
        {/* The key makes the field show the new name after a save. */}
        <Input key={name} autoComplete="name" defaultValue={name} />
      </Field>
      <Field label="Email" hint="You sign in with this address.">
        <Input type="email" value={email} readOnly />
      </Field>
    </CardForm>
  );
}

export function PasswordForm({ email }: { email: string }) {
  return (
    <CardForm
      action={changePassword}
      header={<CardHeader title="Password" description="Changing it signs you out everywhere but here." />}
      submit="Change password"
      saved="Password changed. All your other sessions have ended."
    >
      <UsernameField email={email} />
      <Field label="Current password" name="currentPassword">
        <PasswordInput autoComplete="current-password" />
      </Field>
      <NewPasswordField label="New password" name="newPassword" />
    </CardForm>
  );
}
