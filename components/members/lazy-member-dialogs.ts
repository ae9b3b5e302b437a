import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";

export const InviteMemberDialog = lazyDialog(
  async () => (await import("./invite-member-dialog")).InviteMemberDialog,
);
export const MemberLevelDialog = lazyDialog(async () => (await import("./member-dialogs")).MemberLevelDialog);
export const RemoveMemberDialog = lazyDialog(
  async () => (await import("./member-dialogs")).RemoveMemberDialog,
);
