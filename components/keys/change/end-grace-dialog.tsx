"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import { useAnswer } from "@/components/forms/use-answer";
import type { DialogProps } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { endGrace, readKeyRotation } from "@/lib/actions/keys";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { KeyImpactCard } from "../impact/key-impact-card";
import { useKeyImpact } from "../impact/use-key-impact";
import { graceEndText } from "./grace-end-text";
import { KeyNameAndId } from "./key-name-and-id";
import { changedMeanwhile, useWordsFor } from "./use-words-for";

const readRotation = (organization: string, keyId: string) => readKeyRotation(organization, { keyId });

/** Ends a rolling key's previous secret early. */
export function EndGraceDialog({ apiKey, ...dialog }: DialogProps & { apiKey: KeyRow }) {
  const impact = useKeyImpact(apiKey.id);
  const [rotation] = useAnswer(readRotation, apiKey.id);
  const said = () => `The previous secret of “${apiKey.name}” was ended`;
  const action = useClosingAction(endGrace, dialog.onClose, said);
  const told = useWordsFor(action, changedMeanwhile);
  // The version shown when the dialog opened; a background refresh must not replace it.
  const [version] = useState(apiKey.version);
  const effect =
    apiKey.status !== "paused" && rotation !== "loading" && rotation.ok && rotation.value !== null
      ? graceEndText(rotation.value)
      : "Those with the previous secret are refused.";
  const callers =
    rotation !== "loading" && rotation.ok && rotation.value !== null ? rotation.value.callers : [];
  const shown = callers.map(({ calls24Hours: calls, refused24Hours: refused, ...caller }) => ({
    ...caller,
    ...{ calls, refused },
  }));
  return (
    <FormDialog
      {...dialog}
      title="End grace"
      description={<KeyNameAndId apiKey={apiKey} />}
      onSubmit={() => void action.run({ keyId: apiKey.id, version })}
      action={told}
      submit={{ name: "End grace now", variant: "danger" }}
    >
      <Alert tone="danger" heading="This cannot be undone">
        {apiKey.status === "paused"
          ? "The key is paused. When it is resumed, only the current secret works again."
          : "Calls with the previous secret are refused at once. The current secret keeps working."}
      </Alert>
      {typeof impact === "object" && !impact.currentSecretUsed && (
        <Alert role="status" tone="notice">
          The current secret has never been used. If nobody has it, roll the key and choose “Replace the new
          secret” first.
        </Alert>
      )}
      <KeyImpactCard
        impact={typeof impact === "object" ? { ...impact, callers: shown } : impact}
        apiKey={apiKey}
        effect={effect}
        callersName="Still using the previous secret"
      />
    </FormDialog>
  );
}
