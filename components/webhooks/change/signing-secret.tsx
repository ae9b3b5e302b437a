"use client";

import { type ReactNode, useId, useState } from "react";
import { DialogForm } from "@/components/forms/dialog-form";
import { SecretField } from "@/components/forms/secret-field";
import { SecretEnd } from "@/components/forms/shown-once-end";
import { useAction } from "@/components/forms/use-action";
import { useShownOnce } from "@/components/forms/use-shown-once";
import { Alert } from "@/components/ui/alert";
import { DialogBody } from "@/components/ui/overlay/dialog";
import { rotateWebhookSecret } from "@/lib/actions/webhooks/webhooks";

/** Holds an endpoint's signing secret while its dialog shows it. */
export function useSigningSecret(onLeave: () => void) {
  return useShownOnce<string>(
    (value) => ({ title: "Signing secret of the webhook endpoint", label: "Signing secret", value }),
    onLeave,
  );
}

type ShowSigningSecretProps = {
  secret: string;
  /** The person tried to leave before copying the secret. */
  asked: boolean;
  copied: boolean;
  onCopied: () => void;
  onLeave: () => void;
  children?: ReactNode;
};

/** The signing secret, once, and how a receiver uses it. */
export function ShowSigningSecret(props: ShowSigningSecretProps) {
  const { secret, asked, copied, onCopied, onLeave, children } = props;
  return (
    <>
      <DialogBody className="grid grid-cols-1 content-start gap-4">
        <SecretField
          label="Signing secret"
          value={secret}
          isShownOnce
          copied={copied}
          onCopied={onCopied}
          hint="Give it to the receiver, in a secret manager. Nobody can show it to you again. Lost it? Rotate it."
        />
        {children}
        <FirstVerification />
      </DialogBody>
      <SecretEnd asked={asked} toCopy={!copied} onLeave={onLeave} />
    </>
  );
}

const verification = `import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.LATCHKEY_WEBHOOK_SECRET);
// Throws unless Latchkey sent exactly this body, not long ago.
const event = webhook.verify(rawBody, request.headers);`;

/** Sample code that verifies a message. It does not contain the secret, so that the secret stays out of files. */
function FirstVerification() {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid grid-cols-1 gap-1.5">
      <p id={id} className="font-medium text-ink text-sm">
        Verify a message
      </p>
      {/* One click selects the whole sample. A copy button here would compete with the secret's. */}
      <pre className="select-all overflow-x-auto whitespace-pre-wrap rounded-md border bg-subtle p-2.5 font-mono text-ink text-xs leading-5 [overflow-wrap:anywhere]">
        {verification}
      </pre>
      <p className="text-ink-muted text-xs">
        Messages follow Standard Webhooks, which has libraries for other languages too.
      </p>
    </section>
  );
}

type LostSigningSecretProps = {
  endpointId: string;
  heading: string;
  children: ReactNode;
  onSecret: (secret: string) => void;
  onCancel: () => void;
};

/** Shown if the response with the secret was lost. Offers to rotate the secret. */
export function LostSigningSecret(props: LostSigningSecretProps) {
  const { endpointId, heading, children, onSecret, onCancel } = props;
  const [losses, setLosses] = useState(1);
  const action = useAction(rotateWebhookSecret, (answer) => {
    if ("repeated" in answer) setLosses(losses + 1);
    else onSecret(answer.signingSecret);
  });
  return (
    <DialogForm
      action={action}
      submit={{ name: "Rotate it to get a secret", variant: "primary" }}
      onCancel={onCancel}
      discarding={false}
      onSubmit={() => void action.run({ endpointId })}
    >
      {/* The key announces the alert again if the secret is lost again. */}
      <Alert key={losses} role="alert" tone="notice" heading={heading}>
        {children}
      </Alert>
    </DialogForm>
  );
}
