import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";

export const CreateResourceDialog = lazyDialog(
  async () => (await import("./resource-name-dialogs")).CreateResourceDialog,
);
export const RenameResourceDialog = lazyDialog(
  async () => (await import("./resource-name-dialogs")).RenameResourceDialog,
);
export const DeleteResourceDialog = lazyDialog(
  async () => (await import("./delete-resource-dialog")).DeleteResourceDialog,
);
