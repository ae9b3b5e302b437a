"use client";

import type { KeyDialogName } from "../list/keys-context";
import { DeleteKeyDialog, RevokeKeyDialog } from "./destroy-key-dialog";
import { EditKeyDialog } from "./edit-key-dialog";
import { EndGraceDialog } from "./end-grace-dialog";
import type { KeyDialogProps } from "./key-dialog-props";
import { RollKeyDialog } from "./roll-key-dialog";

const dialogs = {
  edit: EditKeyDialog,
  roll: RollKeyDialog,
  "end-grace": EndGraceDialog,
  revoke: RevokeKeyDialog,
  delete: DeleteKeyDialog,
};

/** Renders the named dialog for this key. */
export function KeyDialog({ name, ...props }: KeyDialogProps & { name: KeyDialogName }) {
  const Dialog = dialogs[name];
  return <Dialog {...props} />;
}
