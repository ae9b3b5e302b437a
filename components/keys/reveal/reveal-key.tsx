"use client";

import { type ReactNode, useId } from "react";
import { SecretField } from "@/components/forms/secret-field";
import { SecretEnd } from "@/components/forms/shown-once-end";
import { CopyButton } from "@/components/ui/copy-button";
import { Label } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { DialogBody } from "@/components/ui/overlay/dialog";
import { useExactTime } from "@/components/ui/time/exact-time";
import { formatKeyId } from "@/lib/core/keys/key-id";
import type { RevealedKey } from "@/lib/services/keys/read/key-view";
import { FirstCall } from "./first-call";

type RevealKeyProps = {
  revealed: RevealedKey;
  /** The person tried to leave before copying the secret. */
  asked: boolean;
  copied: boolean;
  onCopied: () => void;
  onLeave: () => void;
  children?: ReactNode;
};

/** Shows the token, once, and the key id. The main button is Copy, then Done. */
export function RevealKey({ revealed, asked, copied, onCopied, onLeave, children }: RevealKeyProps) {
  const isSecret = revealed.type === "secret";
  const toCopy = isSecret && !copied;
  return (
    <>
      <DialogBody className="grid grid-cols-1 content-start gap-4">
        <SecretField
          label="Secret"
          value={revealed.token}
          isShownOnce={isSecret}
          copied={copied}
          onCopied={onCopied}
          hint={
            isSecret
              ? "Put it in a vault or a secret manager now. Latchkey keeps only a hash, so nobody can show it to you again. Lost it? Roll the key."
              : "A public key hides nothing: safe in a browser or an app. Its details always show it again."
          }
        />
        {revealed.oldSecretEndsAt !== null && <OldSecretEnds moment={revealed.oldSecretEndsAt} />}
        {children}
        <KeyIdField keyId={formatKeyId(revealed.id)} />
        <FirstCall />
      </DialogBody>
      <SecretEnd asked={asked} toCopy={toCopy} onLeave={onLeave} />
    </>
  );
}

function KeyIdField({ keyId }: { keyId: string }) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <Label htmlFor={id}>API Key ID</Label>
      <div className="flex gap-2">
        <Input
          id={id}
          readOnly
          value={keyId}
          autoComplete="off"
          spellCheck={false}
          data-1p-ignore=""
          className="bg-subtle font-mono max-sm:text-[0.8125rem]/5"
          onFocus={(event) => event.target.select()}
        />
        <CopyButton variant="secondary" value={keyId} label="Copy key ID" labelled="Key ID copied" />
      </div>
    </div>
  );
}

function OldSecretEnds({ moment }: { moment: Date }) {
  const exact = useExactTime(moment);
  return <p className="text-ink-muted text-sm">The previous secret ends {exact}.</p>;
}
