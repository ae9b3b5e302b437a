"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { isConfirmed, TextToConfirm } from "@/components/forms/text-to-confirm";
import { useClosingAction } from "@/components/forms/use-action";
import type { DialogProps } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { deleteWebhook } from "@/lib/actions/webhooks/webhooks";
import type { EndpointView } from "@/lib/services/webhooks/endpoint-view";

type DeleteEndpointDialogProps = DialogProps & { endpoint: EndpointView; onDeleted: () => void };

/**
 * Deletes an endpoint. If it is in use, the host must be typed, since the receiver will not notice that deliveries
 * stop.
 */
export function DeleteEndpointDialog({ endpoint, onDeleted, ...dialog }: DeleteEndpointDialogProps) {
  const [typed, setTyped] = useState("");
  const close = () => {
    dialog.onClose();
    onDeleted();
  };
  const action = useClosingAction(deleteWebhook, close, () => "The endpoint was deleted");
  const { host } = new URL(endpoint.url);
  const isInUse = endpoint.state === "active" && endpoint.lastDeliveredAt !== null;
  const label = "Type the endpoint's host to confirm";
  return (
    <FormDialog
      {...dialog}
      title="Delete endpoint"
      description={endpoint.url}
      onSubmit={() => void action.run({ endpointId: endpoint.id })}
      action={action}
      submit={{
        name: "Delete",
        variant: "danger",
        disabledBecause: isInUse && !isConfirmed(typed, host) ? `${label}.` : undefined,
      }}
    >
      <Alert tone="danger" heading="This cannot be undone">
        Its deliveries and its signing secret are gone
        {endpoint.waiting > 0 && ", and what is waiting is never sent"}. To stop for a while, disable it
        instead.
      </Alert>
      {isInUse && (
        <TextToConfirm
          label={label}
          text={host}
          hint={
            <>
              It is in use. Type{" "}
              <strong className="select-all font-medium font-mono text-ink [overflow-wrap:anywhere]">
                {host}
              </strong>
            </>
          }
          typed={typed}
          onType={setTyped}
        />
      )}
    </FormDialog>
  );
}
