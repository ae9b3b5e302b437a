"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useAction } from "@/components/forms/use-action";
import { Alert } from "@/components/ui/alert";
import { toast } from "@/components/ui/overlay/toast";
import { endGrace } from "@/lib/actions/keys";
import type { KeyDialogProps } from "./key-dialog-props";
import { KeyImpactFacts, useKeyImpact } from "./key-impact-facts";
import { KeyNameAndId } from "./key-name-and-id";
import { changedMeanwhile, useWordsFor } from "./use-words-for";

/** Ends a rolling key's previous secret early. */
export function EndGraceDialog({ apiKey, opener, onClose }: KeyDialogProps) {
  const impact = useKeyImpact(apiKey.id);
  const action = useAction(endGrace, () => {
    toast.success(`The previous secret of “${apiKey.name}” was ended`);
    onClose();
  });
  const told = useWordsFor(action, changedMeanwhile);
  // The version shown when the dialog opened; a background refresh must not replace it.
  const [version] = useState(apiKey.version);
  return (
    <FormDialog
      title="End grace"
      description={<KeyNameAndId apiKey={apiKey} />}
      opener={opener}
      onClose={onClose}
      onSubmit={() => void action.run({ keyId: apiKey.id, version })}
      action={told}
      submit={{ name: "End grace now", variant: "danger" }}
    >
      <Alert tone="danger" heading="This cannot be undone">
        Calls with the previous secret are refused at once. The current secret keeps working.
      </Alert>
      {typeof impact === "object" && !impact.currentSecretUsed && (
        <Alert role="status" tone="notice">
          The current secret has never been used. If nobody has it, roll the key and choose “Replace the new
          secret” first.
        </Alert>
      )}
      <KeyImpactFacts impact={impact} apiKey={apiKey} />
    </FormDialog>
  );
}
