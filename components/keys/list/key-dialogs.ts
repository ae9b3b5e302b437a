import { lazyDialog } from "@/components/list/lazy-dialog";

export const GenerateKeyDialog = lazyDialog(
  async () => (await import("../generate/generate-key-dialog")).GenerateKeyDialog,
);
/** Edit, Roll, End grace, Pause, Resume, Revoke and Delete. */
export const KeyDialog = lazyDialog(async () => (await import("../change/key-dialog")).KeyDialog);
export const KeyFilterDialog = lazyDialog(
  async () => (await import("../filter/key-filter-dialog")).KeyFilterDialog,
);
