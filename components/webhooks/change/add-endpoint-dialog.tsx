"use client";

import { useState } from "react";
import { DialogForm } from "@/components/forms/dialog-form";
import { useAction } from "@/components/forms/use-action";
import { useDiscard } from "@/components/forms/use-discard";
import type { DialogProps } from "@/components/list/dialog-host";
import { Dialog, DialogContent } from "@/components/ui/overlay/dialog";
import { createWebhook } from "@/lib/actions/webhooks/webhooks";
import { draftEvents, EndpointFields, emptyEndpoint, missingFrom } from "./endpoint-fields";
import { LostSigningSecret, ShowSigningSecret, useSigningSecret } from "./signing-secret";

/** The form, then the signing secret, in one dialog. */
export function AddEndpointDialog({ opener, onClose }: DialogProps) {
  const { shown: secret, show, leave, asked, copied, markCopied } = useSigningSecret(onClose);
  const [draft, setDraft] = useState(emptyEndpoint);
  /** The endpoint whose secret was lost with the response. */
  const [lostId, setLostId] = useState<string | null>(null);
  const discard = useDiscard(onClose);
  const action = useAction(createWebhook, (answer) => {
    discard.forget();
    if ("repeated" in answer) setLostId(answer.id);
    else show(answer.signingSecret);
  });
  const close = () => {
    // The pending response holds a secret; closing now would lose it.
    if (action.pending) return;
    if (secret === null) discard.leave();
    else leave();
  };
  return (
    <Dialog open onOpenChange={(open) => open || close()}>
      <DialogContent
        title={secret === null ? "Add endpoint" : "Endpoint added"}
        description={secret === null ? undefined : draft.url.trim()}
        width={560}
        returnFocusTo={opener}
        onInput={discard.onInput}
      >
        {secret !== null ? (
          <ShowSigningSecret
            secret={secret}
            asked={asked}
            copied={copied}
            onCopied={markCopied}
            onLeave={leave}
          />
        ) : lostId !== null ? (
          <LostSigningSecret
            endpointId={lostId}
            heading="The endpoint was added, but its signing secret did not arrive"
            onSecret={show}
            onCancel={onClose}
          >
            It was sent once and cannot be shown again. Rotate it to get a new one, or close this and delete
            the endpoint.
          </LostSigningSecret>
        ) : (
          <DialogForm
            action={action}
            submit={{ name: "Add", variant: "primary", disabledBecause: missingFrom(draft) }}
            onSubmit={() => void action.run({ url: draft.url.trim(), events: draftEvents(draft) })}
            onCancel={onClose}
            discarding={discard.asked}
          >
            <EndpointFields draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} />
          </DialogForm>
        )}
      </DialogContent>
    </Dialog>
  );
}
