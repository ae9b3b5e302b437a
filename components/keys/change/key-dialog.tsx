"use client";

import type { DialogProps } from "@/components/list/dialog-host";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { DeleteKeyDialog, RevokeKeyDialog } from "./destroy-key-dialog";
import { EditKeyDialog } from "./edit-key-dialog";
import { EndGraceDialog } from "./end-grace-dialog";
import { PauseKeyDialog, ResumeKeyDialog } from "./pause-key-dialog";
import { RollKeyDialog } from "./roll-key-dialog";

const dialogs = {
  edit: EditKeyDialog,
  roll: RollKeyDialog,
  "end-grace": EndGraceDialog,
  pause: PauseKeyDialog,
  resume: ResumeKeyDialog,
  revoke: RevokeKeyDialog,
  delete: DeleteKeyDialog,
};

export type KeyDialogName = keyof typeof dialogs;

type KeyDialogProps = DialogProps & { apiKey: KeyRow; name: KeyDialogName };

/** Renders the named dialog for this key. */
export function KeyDialog({ name, ...props }: KeyDialogProps) {
  const Dialog = dialogs[name];
  return <Dialog {...props} />;
}
