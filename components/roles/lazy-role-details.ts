import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";

export const RoleDetailsDialog = lazyDialog(
  async () => (await import("./role-details-dialog")).RoleDetailsDialog,
);
