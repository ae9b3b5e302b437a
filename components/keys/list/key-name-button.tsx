"use client";

import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { KeyStatusIcon } from "./key-status-badge";
import { useKeys } from "./keys-context";

/** Opens the details. Fills its cell to make a large touch target. */
export function KeyNameButton({ apiKey }: { apiKey: KeyRow }) {
  const { openDetails } = useKeys();
  return (
    <button
      type="button"
      title={apiKey.name}
      onClick={(event) => openDetails(apiKey.id, event.currentTarget)}
      className="-mx-3 flex min-h-10.75 w-[calc(100%+1.5rem)] items-center gap-2 px-3 text-left font-medium text-ink underline-offset-4 outline-offset-[-2px] hover:underline max-sm:min-h-11.75"
    >
      {/* On a phone the status column is off screen. */}
      <KeyStatusIcon status={apiKey.status} className="sm:hidden" />
      <span className={"truncate max-sm:line-clamp-2 max-sm:whitespace-normal max-sm:py-1"}>
        {apiKey.name}
      </span>
    </button>
  );
}
