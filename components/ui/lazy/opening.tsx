import { LoaderCircle } from "lucide-react";

/** Shown while a dialog's code loads: nothing at first, then a spinner. */
export function Opening() {
  return (
    <div
      role="status"
      className="fixed inset-x-0 top-14 z-50 mx-auto flex w-fit animate-late-fade-in items-center gap-2 rounded-md bg-surface px-3 py-2 text-sm shadow-popover"
    >
      <LoaderCircle aria-hidden className="size-4 animate-spin text-ink-faint" />
      Opening …
    </div>
  );
}
