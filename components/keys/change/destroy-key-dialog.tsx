"use client";

import { type ReactNode, useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { isConfirmed, TextToConfirm } from "@/components/forms/text-to-confirm";
import { useClosingAction } from "@/components/forms/use-action";
import { type DialogProps, useDialogHost } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useNow } from "@/components/ui/time/now-provider";
import { deleteKey, revokeKey } from "@/lib/actions/keys";
import { hasEnded } from "@/lib/core/keys/key-status";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { type ImpactState, KeyImpactFacts, useKeyImpact } from "./key-impact-facts";
import { KeyNameAndId } from "./key-name-and-id";
import { PauseKeyDialog } from "./pause-key-dialog";

const dayMs = 24 * 60 * 60 * 1000;

type KeyDialogProps = DialogProps & { apiKey: KeyRow };

type DestroyKeyDialogProps = KeyDialogProps & {
  title: string;
  verb: string;
  action: typeof revokeKey;
  /** What the toast says happened to the key. */
  done: string;
  /** A less drastic action, offered before the confirmation. */
  instead?: ReactNode;
  children: ReactNode;
};

/** Ends a key's access for good. */
export function RevokeKeyDialog(props: KeyDialogProps) {
  return (
    <DestroyKeyDialog
      {...props}
      title="Revoke key"
      verb="Revoke"
      action={revokeKey}
      done="was revoked"
      instead={props.apiKey.allowed.pause && <PauseInstead {...props} />}
    >
      {props.apiKey.status === "paused"
        ? "This key is paused and refused already. Revoked, it can never be resumed."
        : "Every call with this key is refused from that moment on, and so is every token granted with it."}{" "}
      The key stays in the list as revoked.
    </DestroyKeyDialog>
  );
}

/** Ends a key's access for good and removes it from the list. */
export function DeleteKeyDialog(props: KeyDialogProps) {
  const { status } = props.apiKey;
  return (
    <DestroyKeyDialog {...props} title="Delete key" verb="Delete" action={deleteKey} done="was deleted">
      {hasEnded(status) || status === "paused"
        ? `This key is ${status} and refused already. It leaves the list.`
        : "Every call with this key is refused from that moment on, and the key leaves the list."}{" "}
      What was done with it stays in the audit log.
    </DestroyKeyDialog>
  );
}

function PauseInstead({ apiKey, opener }: KeyDialogProps) {
  const { openDialog } = useDialogHost();
  return (
    <p className="flex items-center justify-between gap-3 text-ink-muted text-sm">
      Not certain? A pause refuses the same calls and can be undone.
      <Button
        className="shrink-0"
        onClick={() => openDialog((props) => <PauseKeyDialog apiKey={apiKey} {...props} />, opener)}
      >
        Pause
      </Button>
    </p>
  );
}

function DestroyKeyDialog(props: DestroyKeyDialogProps) {
  const { apiKey, title, verb, action, done, instead, children, ...dialog } = props;
  const running = useClosingAction(action, dialog.onClose, () => `“${apiKey.name}” ${done}`);
  const impact = useKeyImpact(apiKey.id);
  const now = useNow();
  const [typed, setTyped] = useState("");
  const lastFour = apiKey.id.slice(-4);
  const inUse = !hasEnded(apiKey.status) && isInUse(impact, apiKey.lastUsedAt, now);
  const sure = impact !== "loading" && (!inUse || isConfirmed(typed, lastFour));
  return (
    <FormDialog
      {...dialog}
      title={title}
      description={<KeyNameAndId apiKey={apiKey} />}
      onSubmit={() => void running.run({ keyId: apiKey.id })}
      action={running}
      submit={{ name: verb, variant: "danger", disabled: !sure }}
    >
      <Alert tone="danger" heading="This cannot be undone">
        {children}
      </Alert>
      <KeyImpactFacts impact={impact} apiKey={apiKey} />
      {instead}
      {inUse && (
        <TextToConfirm
          label="Type the last four characters of the key ID to confirm"
          why={impact === "unknown" ? "Its usage is unknown." : "This key is in use."}
          text={lastFour}
          typed={typed}
          onType={setTyped}
        />
      )}
    </FormDialog>
  );
}

/** Used in the last 24 hours. The row knows this before the impact has loaded, so the field does not pop in later. */
function isInUse(impact: ImpactState, lastUsedAt: Date | null, now: Date): boolean {
  if (impact === "unknown") return true;
  const last = impact === "loading" ? lastUsedAt : impact.lastUsedAt;
  const recent = last !== null && now.getTime() - last.getTime() < dayMs;
  return recent || (impact !== "loading" && impact.callsLast24Hours > 0);
}
