"use client";

import { DialogForm } from "@/components/forms/dialog-form";
import { Alert } from "@/components/ui/alert";
import type { LostSecret, useKeyAnswer } from "./use-key-answer";

type LostSecretFormProps = {
  lost: LostSecret;
  /** The action that succeeded although its response was lost. */
  done: "created" | "rolled";
  onCancel: () => void;
  action: ReturnType<typeof useKeyAnswer>["replace"];
};

/** The key exists, but the response with its secret was lost. Offers to issue a new secret. */
export function LostSecretForm({ lost, done, action, onCancel }: LostSecretFormProps) {
  // If a previous secret still works it is in use, so keep its grace period.
  const how = lost.oldSecretEndsAt === null ? { graceSeconds: 0 } : { replaceUnused: true };
  return (
    <DialogForm
      action={action}
      submit={{ name: "Roll it to get a secret", variant: "primary" }}
      onCancel={onCancel}
      discarding={false}
      onSubmit={() => void action.run({ keyId: lost.id, version: lost.version, ...how })}
    >
      <Alert role="alert" tone="notice" heading={`“${lost.name}” was ${done}, but its secret did not arrive`}>
        It was sent once and cannot be shown again. Roll the key to get a new secret
        {done === "created"
          ? ", or close this and delete the key."
          : ". The previous secret keeps working until its end."}
      </Alert>
    </DialogForm>
  );
}
