"use client";

import { parseAsString, useQueryState } from "nuqs";
import { SearchBox } from "@/components/data-table/search-box";
import { useListState } from "@/components/list/use-list-state";
import { Keys } from "@/components/shell/keyboard/keys";

/** Searches the log for actors and targets by name, email or id. A pasted token is replaced by its key's ID. */
export function AuditSearch({ fault }: { fault: string | undefined }) {
  const { box } = useListState(fault ?? null);
  // A new search starts at its first page.
  const [cursor, setCursor] = useQueryState("cursor", parseAsString.withOptions({ shallow: false }));
  const first = () => {
    if (cursor !== null) void setCursor(null, { history: "replace" });
  };
  return (
    <SearchBox
      label="Search the audit log"
      placeholder="Search or paste a key ID"
      className="min-w-32 flex-1 sm:max-w-88 xl:max-w-104"
      {...box}
      onChange={(typed) => {
        first();
        box.onChange(typed);
      }}
      onSubmit={(typed) => {
        first();
        box.onSubmit(typed);
      }}
    >
      {box.value === "" && (
        <span
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-3 flex -translate-y-1/2 items-center gap-2 font-mono text-ink-muted text-xs max-xl:hidden"
        >
          actor:ben action:revoked <Keys>/</Keys>
        </span>
      )}
    </SearchBox>
  );
}
