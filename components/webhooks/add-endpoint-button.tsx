"use client";

import { DialogButton } from "@/components/list/dialog-host";
import { AddEndpointDialog } from "./webhook-dialogs";

export function AddEndpointButton() {
  return (
    <DialogButton
      variant="primary"
      data-shortcut="add-endpoint"
      expect={AddEndpointDialog.expect}
      dialog={(props) => <AddEndpointDialog {...props} />}
    >
      Add endpoint
    </DialogButton>
  );
}
