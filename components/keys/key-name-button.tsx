"use client";

import type { KeyRow } from "@/lib/services/keys/key-view";
import { useKeys } from "./keys-context";

/** Opens the details. Fills its cell, so that a finger finds it. [Y5] */
export function KeyNameButton({ apiKey }: { apiKey: KeyRow }) {
  const { openDetails } = useKeys();
  return (
    <button
      type="button"
      title={apiKey.name}
      onClick={(event) => openDetails(apiKey.id, event.currentTarget)}
      className="-mx-3 block h-full w-[calc(100%+1.5rem)] truncate px-3 py-3 text-left font-medium text-ink underline-offset-4 outline-offset-[-2px] hover:underline"
    >
      {apiKey.name}
    </button>
  );
}
