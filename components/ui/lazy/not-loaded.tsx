"use client";

import { Button } from "../button";

type NotLoadedProps = { onRetry: () => void; onClose?: (() => void) | undefined };

/** Shown in place of something whose code failed to load. Loads no further code, which could be missing too. */
export function NotLoaded({ onRetry, onClose }: NotLoadedProps) {
  return (
    <div
      role="alert"
      className="fixed inset-x-2 top-14 z-50 mx-auto flex w-fit flex-wrap items-center gap-x-3 gap-y-2 rounded-md bg-surface px-3 py-2 text-ink text-sm shadow-popover"
    >
      This could not be loaded. Check the connection and try again, or reload the page.
      <span className="ml-auto flex gap-3">
        <Button variant="link" size="inline" className="max-sm:h-11!" onClick={onRetry}>
          Try again
        </Button>
        {onClose !== undefined && (
          <Button variant="link" size="inline" className="max-sm:h-11!" onClick={onClose}>
            Close
          </Button>
        )}
      </span>
    </div>
  );
}
