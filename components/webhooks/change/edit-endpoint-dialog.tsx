"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import { useTyped } from "@/components/forms/use-typed";
import type { DialogProps } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { updateWebhook } from "@/lib/actions/webhooks/webhooks";
import { isOtherServer } from "@/lib/core/webhooks/is-other-server";
import type { EndpointView } from "@/lib/services/webhooks/endpoint-view";
import { draftEvents, EndpointFields, endpointDraft, missingFrom } from "./endpoint-fields";

/**
 * Edits an endpoint. Sends only the changed fields, so that two people who edit different fields do not undo each
 * other's changes.
 */
export function EditEndpointDialog({ endpoint, ...dialog }: DialogProps & { endpoint: EndpointView }) {
  const action = useClosingAction(updateWebhook, dialog.onClose, () => "The endpoint was saved");
  // The values when the dialog opened. A refresh underneath must not look like the person's own change.
  const [seen] = useState(() => endpointDraft(endpoint));
  const { shown: draft, type } = useTyped(seen);
  const url = draft.url.trim();
  const events = draftEvents(draft);
  const hasNewUrl = url !== seen.url;
  const hasNewEvents = events.join() !== draftEvents(seen).join();
  return (
    <FormDialog
      {...dialog}
      width={560}
      title="Edit endpoint"
      onSubmit={() =>
        void action.run({
          endpointId: endpoint.id,
          ...(hasNewUrl && { url }),
          ...(hasNewEvents && { events }),
        })
      }
      action={action}
      submit={{ name: "Save", variant: "primary", disabledBecause: missingFrom(draft) }}
    >
      <EndpointFields draft={draft} onChange={type} />
      {hasNewUrl && endpoint.waiting > 0 && <Alert>Waiting deliveries are sent to the new URL.</Alert>}
      {isOtherServer(seen.url, url) && (
        <Alert heading="The signing secret stays the same">
          The previous server knows it and could sign messages for the new one. If you no longer trust it,
          rotate the secret after you have saved.
        </Alert>
      )}
    </FormDialog>
  );
}
