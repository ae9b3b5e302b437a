import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";

export const GenerateKeyDialog = lazyDialog(
  async () => (await import("../generate/generate-key-dialog")).GenerateKeyDialog,
);
/** The toolbar of selected keys, with its dialogs. */
export const SelectedKeys = lazyDialog(async () => (await import("../bulk/selected-keys")).SelectedKeys);
export const SaveViewDialog = lazyDialog(
  async () => (await import("../filter/save-view-dialog")).SaveViewDialog,
);
export const SavedViewsDialog = lazyDialog(
  async () => (await import("../filter/saved-views-dialog")).SavedViewsDialog,
);
export const NarrowKeyDialog = lazyDialog(
  async () => (await import("../change/narrow-key-dialog")).NarrowKeyDialog,
);
/** Edit, Roll, End grace, Pause, Resume, Revoke and Delete. */
export const KeyDialog = lazyDialog(async () => (await import("../change/key-dialog")).KeyDialog);
