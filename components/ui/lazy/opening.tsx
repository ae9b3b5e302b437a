import { LoaderCircle } from "lucide-react";

/** While the code of a dialog loads: nothing at first, then a sign that the click was heard. */
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
