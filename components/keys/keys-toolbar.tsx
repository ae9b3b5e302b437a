"use client";

import { useState } from "react";
import { SearchBox } from "@/components/data-table/search-box";
import { RadioGroup, Segment } from "@/components/ui/radio-group";
import { searchMaximum } from "@/lib/core/key-list-state";
import { type StatusFilter, statusFilters } from "@/lib/core/key-status";
import { filterWords } from "./key-words";
import type { useKeyListState } from "./use-key-list-state";

type KeysToolbarProps = {
  list: ReturnType<typeof useKeyListState>;
  counts: Readonly<Record<StatusFilter, number>>;
  /** Why the search in the address cannot be made. */
  searchFault: string | null;
};

/** Search and status. [S2, S3] */
export function KeysToolbar({ list, counts, searchFault }: KeysToolbarProps) {
  const [tooLong, setTooLong] = useState<string | null>(null);
  const change = (typed: string, wait: boolean) => setTooLong(list.search(typed, wait) ? null : typed);
  return (
    <div className="flex flex-col gap-3 sm:flex-row sm:items-start">
      <SearchBox
        label="Search API keys"
        placeholder="Name, description, key ID or creator"
        className="sm:w-88"
        value={tooLong ?? list.state.search}
        onChange={(typed) => change(typed, true)}
        onSubmit={(typed) => change(typed, false)}
        busy={list.stale}
        error={
          tooLong === null ? (searchFault ?? undefined) : `Search for at most ${searchMaximum} characters`
        }
      />
      <RadioGroup
        aria-label="Status"
        orientation="horizontal"
        className="flex gap-0.5 rounded-md bg-subtle-strong p-0.5 sm:ml-auto"
        value={list.state.status}
        onValueChange={(status) => list.filter(status as StatusFilter)}
      >
        {statusFilters.map((status) => (
          <Segment key={status} value={status} label={filterWords[status]} count={counts[status]} />
        ))}
      </RadioGroup>
    </div>
  );
}
