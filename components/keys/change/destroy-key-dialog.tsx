"use client";

import { Pause } from "lucide-react";
import { useParams } from "next/navigation";
import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { isConfirmed, stillCounting, TextToConfirm } from "@/components/forms/text-to-confirm";
import { type useAction, useClosingAction } from "@/components/forms/use-action";
import { type DialogProps, useDialogHost } from "@/components/list/dialog-host";
import { Button } from "@/components/ui/button";
import { useNow } from "@/components/ui/time/now-provider";
import { deleteKey, revokeKey } from "@/lib/actions/keys";
import { keyUse } from "@/lib/core/keys/impact/key-use";
import { hasEnded } from "@/lib/core/keys/key-status";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { KeyImpactCard } from "../impact/key-impact-card";
import { type ImpactState, useKeyImpact } from "../impact/use-key-impact";
import { receiptAddress, revokedText } from "../receipt/receipt-words";
import { whoManages } from "../why-not-key";
import { confirmedCharacters, KeyNameAndId } from "./key-name-and-id";
import { PauseKeyDialog } from "./pause-key-dialog";

type KeyDialogProps = DialogProps & { apiKey: KeyRow };

type DestroyKeyDialogProps = KeyDialogProps & {
  verb: "Revoke" | "Delete";
  run: ReturnType<typeof useAction<{ keyId: string }, unknown>>;
  /** What cannot be undone, as sentences. */
  final: string;
};

/** Ends a key's access for good. */
export function RevokeKeyDialog(props: KeyDialogProps) {
  const final =
    props.apiKey.status === "paused"
      ? "Revoking cannot be undone: the key can never be resumed. It stays in the list as revoked."
      : "Revoking cannot be undone: every node refuses the key and its tokens from that moment. It stays in the list as revoked.";
  const { organization } = useParams<{ organization: string }>();
  const { id, name } = props.apiKey;
  const link = { text: "Receipt", href: receiptAddress(organization, id) };
  const run = useClosingAction(
    revokeKey,
    props.onClose,
    ({ receipt }) => revokedText(name, receipt?.facts ?? null),
    ({ receipt }) => (receipt === null ? null : link),
  );
  return <DestroyKeyDialog {...props} verb="Revoke" run={run} final={final} />;
}

/** Ends a key's access for good and removes it from the list. */
export function DeleteKeyDialog(props: KeyDialogProps) {
  const { status } = props.apiKey;
  const final =
    hasEnded(status) || status === "paused"
      ? "Deleting cannot be undone: the key leaves the list."
      : "Deleting cannot be undone: every node refuses the key and its tokens from that moment, and it leaves the list.";
  const run = useClosingAction(deleteKey, props.onClose, () => `“${props.apiKey.name}” was deleted`);
  return <DestroyKeyDialog {...props} verb="Delete" run={run} final={final} />;
}

function DestroyKeyDialog(props: DestroyKeyDialogProps) {
  const { apiKey, verb, run: running, final, ...dialog } = props;
  const impact = useKeyImpact(apiKey.id);
  const now = useNow();
  const [typed, setTyped] = useState("");
  const end = apiKey.id.slice(-confirmedCharacters);
  const inUse = !hasEnded(apiKey.status) && isInUse(impact, apiKey.lastUsedAt, now);
  const confirmed = isConfirmed(typed, end) || isConfirmed(typed, apiKey.name);
  const label = `Type ${end}, the end of the key ID, to confirm`;
  const missing = impact === "loading" ? stillCounting : inUse && !confirmed ? `${label}.` : undefined;
  return (
    <FormDialog
      {...dialog}
      title={`${verb} key`}
      description={<KeyNameAndId apiKey={apiKey} />}
      onSubmit={() => void running.run({ keyId: apiKey.id })}
      action={running}
      submit={{ name: verb, variant: "danger", disabledBecause: missing }}
    >
      <KeyImpactCard
        impact={impact}
        apiKey={apiKey}
        effect={
          apiKey.status === "paused"
            ? "The key is paused, so all are refused now."
            : "All of them would be refused."
        }
      />
      {apiKey.allowed.pause && <PauseInstead apiKey={apiKey} opener={dialog.opener} />}
      {inUse ? (
        <TextToConfirm
          label={label}
          text={end}
          orText={apiKey.name}
          hint={`The key's name works too. ${final}`}
          typed={typed}
          onType={setTyped}
        />
      ) : (
        <p className="text-ink-muted text-sm">{final}</p>
      )}
    </FormDialog>
  );
}

function PauseInstead({ apiKey, opener }: Omit<KeyDialogProps, "onClose">) {
  const { openDialog } = useDialogHost();
  return (
    <div className="flex items-start justify-between gap-3 rounded-md border bg-subtle p-3 text-ink-muted text-sm">
      <p className="flex gap-2.5">
        <Pause aria-hidden className="mt-0.5 size-4 shrink-0 text-status-paused-ink" />
        <span>
          <b className="font-medium text-ink">Not certain?</b> A pause refuses the same calls and{" "}
          {apiKey.allowed.update ? "can be undone." : `${whoManages(apiKey)} can undo it.`}
        </span>
      </p>
      <Button
        className="shrink-0"
        onClick={() => openDialog((props) => <PauseKeyDialog apiKey={apiKey} {...props} />, opener)}
      >
        Pause instead
      </Button>
    </div>
  );
}

/**
 * Was the key used in the last 24 hours? The row's last use tells before the impact loads, so the field does not pop
 * in.
 */
function isInUse(impact: ImpactState, lastUsedAt: Date | null, now: Date): boolean {
  if (impact === "unknown") return true;
  const last = impact === "loading" ? lastUsedAt : impact.lastUsedAt;
  return keyUse(last, now) === "today" || (impact !== "loading" && impact.callsLast24Hours > 0);
}
