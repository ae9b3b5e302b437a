"use client";

import { useState } from "react";
import { DialogForm } from "@/components/forms/dialog-form";
import { useAction } from "@/components/forms/use-action";
import type { DialogProps } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { Dialog, DialogContent } from "@/components/ui/overlay/dialog";
import { exactTimeText, useExactTime } from "@/components/ui/time/exact-time";
import { rotateWebhookSecret } from "@/lib/actions/webhooks/webhooks";
import type { EndpointView } from "@/lib/services/webhooks/endpoint-view";
import { LostSigningSecret, ShowSigningSecret, useSigningSecret } from "./signing-secret";

/** Creates a new signing secret and shows it once. For a day messages are signed with both secrets. */
export function RotateSecretDialog({ endpoint, opener, onClose }: DialogProps & { endpoint: EndpointView }) {
  const { shown: secret, show, leave, asked, copied, markCopied } = useSigningSecret(onClose);
  const [isLost, setLost] = useState(false);
  const [previousUntil, setPreviousUntil] = useState<Date | null>(null);
  // A refresh underneath, after the rotation, must not warn about the rotation itself.
  const [{ previousSecretUntil }] = useState(endpoint);
  const action = useAction(rotateWebhookSecret, (answer) => {
    if ("repeated" in answer) return setLost(true);
    setPreviousUntil(answer.previousUntil);
    show(answer.signingSecret);
  });
  const close = () => {
    // The pending response holds a secret; closing now would lose it.
    if (action.pending) return;
    if (secret === null) onClose();
    else leave();
  };
  return (
    <Dialog open onOpenChange={(open) => open || close()}>
      <DialogContent
        title={secret === null ? "Rotate secret" : "Secret rotated"}
        description={endpoint.url}
        returnFocusTo={opener}
        {...(secret !== null && { width: 560 })}
      >
        {secret !== null ? (
          <ShowSigningSecret
            secret={secret}
            asked={asked}
            copied={copied}
            onCopied={markCopied}
            onLeave={leave}
          >
            {previousUntil !== null && <OldSecretSigns until={previousUntil} />}
          </ShowSigningSecret>
        ) : isLost ? (
          <LostSigningSecret
            endpointId={endpoint.id}
            heading="The secret was rotated, but the new one did not arrive"
            onSecret={show}
            onCancel={onClose}
          >
            It was sent once and cannot be shown again. Rotate it again to get another. Only two secrets are
            valid at a time, so the one that your receiver has now ends at once then.
          </LostSigningSecret>
        ) : (
          <DialogForm
            action={action}
            submit={{ name: "Rotate", variant: "primary" }}
            onSubmit={() => void action.run({ endpointId: endpoint.id })}
            onCancel={onClose}
            discarding={false}
          >
            {previousSecretUntil === null ? (
              <Alert heading="For a day, two secrets are valid">
                Messages are signed with the new secret and with the old one, so the receiver can change over
                without missing any. Then the old one ends.
              </Alert>
            ) : (
              <Alert tone="warning" heading="The secret before the last rotation ends at once">
                At most two secrets are valid. Until {exactTimeText(previousSecretUntil)} messages are signed
                with the current secret and the one before. After another rotation they are signed with the
                new one and the current one.
              </Alert>
            )}
          </DialogForm>
        )}
      </DialogContent>
    </Dialog>
  );
}

function OldSecretSigns({ until }: { until: Date }) {
  const exact = useExactTime(until);
  return (
    <p className="text-ink-muted text-sm">
      Until {exact}, messages are signed with the previous secret too. Change it in the receiver before.
    </p>
  );
}
