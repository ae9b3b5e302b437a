import type { RoleRow } from "@/lib/services/roles/role-view";

/** The props of every dialog about one role. A dialog is mounted only while it is open. */
export type RoleDialogProps = {
  readonly role: RoleRow;
  /** Gets the focus back when the dialog closes. */
  readonly opener: HTMLElement | null;
  readonly onClose: () => void;
};
