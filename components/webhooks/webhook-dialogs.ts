import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";

export const AddEndpointDialog = lazyDialog(
  async () => (await import("./change/add-endpoint-dialog")).AddEndpointDialog,
);
export const EditEndpointDialog = lazyDialog(
  async () => (await import("./change/edit-endpoint-dialog")).EditEndpointDialog,
);
export const RotateSecretDialog = lazyDialog(
  async () => (await import("./change/rotate-secret-dialog")).RotateSecretDialog,
);
export const DisableEndpointDialog = lazyDialog(
  async () => (await import("./change/switch-endpoint-dialogs")).DisableEndpointDialog,
);
export const EnableEndpointDialog = lazyDialog(
  async () => (await import("./change/switch-endpoint-dialogs")).EnableEndpointDialog,
);
export const DeleteEndpointDialog = lazyDialog(
  async () => (await import("./change/delete-endpoint-dialog")).DeleteEndpointDialog,
);
