"use client";

import { PlainForm } from "@/components/forms/action-form";
import { PasswordInput } from "@/components/forms/password/password-input";
import { Alert } from "@/components/ui/alert";
import { Field } from "@/components/ui/field";
import { reportLeakedKey } from "@/lib/actions/leaks";

/** A form to report a leaked key. Gives the same answer for every text that is not a working secret key. */
export function ReportLeakForm() {
  return (
    <PlainForm
      action={reportLeakedKey}
      submit="Report and revoke"
      saved={({ keyId, paused }) =>
        keyId ? (
          <Alert role="status" heading={paused ? "The key was paused" : "The key was revoked"}>
            Every call with {keyId} is refused from now on. Thank you: its owners see this report.
          </Alert>
        ) : (
          <Alert role="status" heading="Nothing was revoked">
            This is not a secret key that works here. If it was one, it has already ended. Imported keys and
            refresh tokens cannot be reported: tell the people who gave them out.
          </Alert>
        )
      }
    >
      <Field
        label="Leaked key"
        name="token"
        hint="The whole key, such as lk_sk_... Where you found it does not matter."
      >
        <PasswordInput autoComplete="off" autoFocus />
      </Field>
    </PlainForm>
  );
}
