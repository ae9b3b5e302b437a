"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { PasswordPrompt } from "../use-action";
import { useSignedInEmail } from "./signed-in-email";
import { UsernameField } from "./username-field";

/** Appears in a dialog when the server asks for the password again. */
export function PasswordField({ prompt }: { prompt: PasswordPrompt | null }) {
  const email = useSignedInEmail();
  if (prompt === null) return null;
  return (
    <>
      <UsernameField email={email} />
      <Field label="Password" hint="Enter your password to continue" error={prompt.error}>
        <Input
          type="password"
          autoComplete="current-password"
          autoFocus
          value={prompt.value}
          onChange={(event) => prompt.change(event.target.value)}
        />
      </Field>
    </>
  );
}
