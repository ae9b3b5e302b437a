"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import type { DialogProps } from "@/components/list/dialog-host";
import { OwnersToAsk } from "@/components/members/owners-to-ask";
import { Alert } from "@/components/ui/alert";
import { pauseKey, resumeKey } from "@/lib/actions/keys";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { KeyImpactCard } from "../impact/key-impact-card";
import { useKeyImpact } from "../impact/use-key-impact";
import { whoManages } from "../why-not-key";
import { KeyNameAndId } from "./key-name-and-id";

type PauseKeyDialogProps = DialogProps & { apiKey: KeyRow };

/** Pauses a key. Asks for no typed confirmation, since a pause can be undone. */
export function PauseKeyDialog({ apiKey, ...dialog }: PauseKeyDialogProps) {
  const action = useClosingAction(pauseKey, dialog.onClose, () => `“${apiKey.name}” was paused`);
  const impact = useKeyImpact(apiKey.id);
  return (
    <FormDialog
      {...dialog}
      title="Pause key"
      description={<KeyNameAndId apiKey={apiKey} />}
      onSubmit={() => void action.run({ keyId: apiKey.id })}
      action={action}
      submit={{ name: "Pause", variant: "primary" }}
    >
      <KeyImpactCard impact={impact} apiKey={apiKey} effect="All of them are refused." />
      <p className="text-ink-muted text-sm">
        Calls with the key, with its tokens and with keys created by its tokens are refused until the key is
        resumed. Its expiry and any grace period keep running.
      </p>
      {!apiKey.allowed.update && (
        <Alert
          tone="warning"
          heading={`You can pause this key, but only ${whoManages(apiKey)} can resume it.`}
        >
          <OwnersToAsk />
        </Alert>
      )}
    </FormDialog>
  );
}

/** Lets a paused key work again. */
export function ResumeKeyDialog({ apiKey, ...dialog }: PauseKeyDialogProps) {
  const action = useClosingAction(resumeKey, dialog.onClose, () => `“${apiKey.name}” was resumed`);
  // The pause shown when the dialog opened; a background refresh must not replace it.
  const [pausedAt] = useState(apiKey.pausedAt ?? undefined);
  return (
    <FormDialog
      {...dialog}
      title="Resume key"
      description={<KeyNameAndId apiKey={apiKey} />}
      onSubmit={() => void action.run({ keyId: apiKey.id, pausedAt })}
      action={action}
      submit={{ name: "Resume", variant: "primary" }}
    >
      <p className="text-ink-muted">
        Calls with this key are accepted again at once, and so are those with its tokens and with the keys
        that were paused with it.
      </p>
    </FormDialog>
  );
}
