"use client";

import { useEffect, useId, useRef } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Label } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { DialogBody, DialogFooter, DialogNotice } from "@/components/ui/overlay/dialog";
import { useExactTime } from "@/components/ui/time/exact-time";
import { formatKeyId } from "@/lib/core/keys/key-id";
import type { RevealedKey } from "@/lib/services/keys/read/key-view";

type RevealKeyProps = {
  revealed: RevealedKey;
  /** The person tried to leave before copying the secret. */
  asked: boolean;
  onCopied: () => void;
  onLeave: () => void;
  children?: React.ReactNode;
};

/** Shows the key id and the token, once. */
export function RevealKey({ revealed, asked, onCopied, onLeave, children }: RevealKeyProps) {
  const isSecret = revealed.type === "secret";
  return (
    <>
      <DialogBody className="grid content-start gap-4">
        {isSecret ? (
          <Alert tone="notice" heading="This secret is displayed one time only">
            Copy it now and keep it in a vault or a secret manager. Only a hash of it is stored: nobody can
            show it to you again.
          </Alert>
        ) : (
          <Alert heading="A public key can be shown again">
            It identifies its caller and hides nothing: safe in a browser or an app, and always there in the
            key's details.
          </Alert>
        )}
        {revealed.oldSecretEndsAt !== null && <OldSecretEnds moment={revealed.oldSecretEndsAt} />}
        {children}
        <RevealedField label="API Key ID" value={formatKeyId(revealed.id)} />
        <RevealedField label="Secret" value={revealed.token} onCopied={onCopied} focused />
        <TryIt />
      </DialogBody>
      <DialogNotice>
        {asked && (
          <Alert role="alert" tone="danger" heading="The secret has not been copied">
            It cannot be shown again. Copy it now, or press Done again to leave without it.
          </Alert>
        )}
      </DialogNotice>
      <DialogFooter>
        <Button variant="primary" onClick={onLeave}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}

/** An example call to paste. It prompts for the token, which keeps it out of the shell history. */
function TryIt() {
  // Only rendered in an open dialog, so `window` exists.
  const line = `read -rs LATCHKEY_TOKEN; curl -s '${window.location.origin}/v1/me' -H "Authorization: Bearer $LATCHKEY_TOKEN"`;
  return (
    <div className="grid gap-1.5">
      <p className="font-medium text-ink text-sm">Try it</p>
      {/* One click selects all of it. A copy button here would compete with the secret's. */}
      <code className="select-all rounded-md border bg-subtle p-2 font-mono text-ink text-xs leading-5 [overflow-wrap:anywhere]">
        {line}
      </code>
      <p className="text-ink-muted text-xs">
        Run it in a shell, paste the secret when it waits, and press Enter. All calls are in the{" "}
        <a href="/docs" target="_blank" rel="noreferrer" className="rounded text-accent-ink underline">
          API documentation
        </a>
        .
      </p>
    </div>
  );
}

function OldSecretEnds({ moment }: { moment: Date }) {
  const exact = useExactTime(moment);
  return <p className="text-ink-muted text-sm">The old secret ends {exact}.</p>;
}

type RevealedFieldProps = { label: string; value: string; onCopied?: () => void; focused?: boolean };

function RevealedField({ label, value, onCopied, focused = false }: RevealedFieldProps) {
  const id = useId();
  const copyButton = useRef<HTMLButtonElement>(null);
  // The focused form is gone; move focus to the next step, copying.
  useEffect(() => {
    if (focused) copyButton.current?.focus();
  }, [focused]);
  return (
    <div className="grid gap-1.5">
      <Label id={`${id}-label`} htmlFor={id}>
        {label}
      </Label>
      <div className="flex gap-2">
        <Input
          id={id}
          readOnly
          value={value}
          // Browsers restore field values with history, and password managers offer to save them.
          autoComplete="off"
          spellCheck={false}
          data-1p-ignore=""
          className="font-mono max-sm:text-[0.8125rem]/5"
          onFocus={(event) => event.target.select()}
          onCopy={onCopied}
        />
        <CopyButton
          ref={copyButton}
          variant="secondary"
          value={value}
          label="Copy"
          labelled
          aria-describedby={`${id}-label`}
          {...(onCopied === undefined ? {} : { onCopied })}
        />
      </div>
    </div>
  );
}
