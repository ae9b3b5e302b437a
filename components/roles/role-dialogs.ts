import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";

export const CreateRoleDialog = lazyDialog(
  async () => (await import("./change/create-role-dialog")).CreateRoleDialog,
);
export const EditRoleDialog = lazyDialog(
  async () => (await import("./change/edit-role-dialog")).EditRoleDialog,
);
export const DeleteRoleDialog = lazyDialog(
  async () => (await import("./change/delete-role-dialog")).DeleteRoleDialog,
);
