import type { KeyRow } from "@/lib/services/keys/read/key-view";

/** The props of every dialog about one key. A dialog is mounted only while it is open. */
export type KeyDialogProps = {
  readonly apiKey: KeyRow;
  /** Gets the focus back when the dialog closes. */
  readonly opener: HTMLElement | null;
  readonly onClose: () => void;
};
