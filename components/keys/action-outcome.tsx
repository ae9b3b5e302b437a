"use client";

import Link from "next/link";
import { Alert } from "@/components/ui/alert";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Failure } from "@/lib/core/result";
import type { PasswordPrompt } from "./use-key-action";

/** Why an action was refused; fields that are wrong say so themselves besides. */
export function FailureAlert({ failed }: { failed: Failure | null }) {
  if (failed === null) return null;
  return (
    <Alert role="alert" tone="danger">
      {failed.detail}{" "}
      {failed.code === "signed_out" && (
        <Link href="/sign-in" className="font-medium underline underline-offset-4">
          Sign in
        </Link>
      )}
    </Alert>
  );
}

export function fieldFault(failed: Failure | null, ...names: string[]): string | undefined {
  return failed?.fields?.find(({ field }) => names.includes(field.split(".")[0] ?? ""))?.message;
}

export function PasswordField({ prompt }: { prompt: PasswordPrompt | null }) {
  if (prompt === null) return null;
  return (
    <Field label="Password" hint="Enter your password to continue" error={prompt.error}>
      <Input
        type="password"
        autoComplete="current-password"
        autoFocus
        value={prompt.value}
        onChange={(event) => prompt.change(event.target.value)}
      />
    </Field>
  );
}
