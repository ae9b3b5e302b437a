import type { KeyRow } from "@/lib/services/keys/read/key-view";

/** What every dialog about one key gets. It is there only while it is open. */
export type KeyDialogProps = {
  readonly apiKey: KeyRow;
  /** Gets the focus back. */
  readonly opener: HTMLElement | null;
  readonly onClose: () => void;
};
