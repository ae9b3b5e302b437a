"use client";

import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import type { DialogProps } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { grouped } from "@/components/ui/grouped";
import { updateWebhook } from "@/lib/actions/webhooks/webhooks";
import type { EndpointView } from "@/lib/services/webhooks/endpoint-view";

type SwitchProps = DialogProps & { endpoint: EndpointView };

export function DisableEndpointDialog({ endpoint, ...dialog }: SwitchProps) {
  const action = useClosingAction(updateWebhook, dialog.onClose, () => "The endpoint was disabled");
  return (
    <FormDialog
      {...dialog}
      title="Disable endpoint"
      description={endpoint.url}
      onSubmit={() => void action.run({ endpointId: endpoint.id, active: false })}
      action={action}
      submit={{ name: "Disable", variant: "danger" }}
    >
      <Alert
        tone="warning"
        heading={
          endpoint.waiting === 0
            ? "Nothing is sent to it any more"
            : endpoint.waiting === 1
              ? "1 waiting delivery is given up"
              : `${grouped(endpoint.waiting)} waiting deliveries are given up`
        }
      >
        Nothing that happens while it is disabled is sent later. The list of deliveries and the signing secret
        stay, and it can be enabled again.
      </Alert>
    </FormDialog>
  );
}

export function EnableEndpointDialog({ endpoint, ...dialog }: SwitchProps) {
  const action = useClosingAction(updateWebhook, dialog.onClose, () => "The endpoint was enabled");
  return (
    <FormDialog
      {...dialog}
      title="Enable endpoint"
      description={endpoint.url}
      onSubmit={() => void action.run({ endpointId: endpoint.id, active: true })}
      action={action}
      submit={{ name: "Enable", variant: "primary" }}
    >
      <Alert heading="It gets what happens from now on">
        What happened while it was disabled is in the audit log. Deliveries that were given up can be sent
        again one by one. The signing secret is the same as before.
      </Alert>
    </FormDialog>
  );
}
