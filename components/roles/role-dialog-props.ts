import type { RoleRow } from "@/lib/services/roles/role-view";

/** What every dialog about one role gets. It is there only while it is open. */
export type RoleDialogProps = {
  readonly role: RoleRow;
  /** Gets the focus back. */
  readonly opener: HTMLElement | null;
  readonly onClose: () => void;
};
