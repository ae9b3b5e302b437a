"use client";

import { SearchBox } from "@/components/data-table/search-box";
import { RadioGroup, Segment } from "@/components/ui/choice/radio-group";
import { type StatusFilter, statusFilters } from "@/lib/core/keys/key-status";
import type { KeyPage } from "@/lib/services/keys/read/key-view";
import { filterWords } from "../key-words";
import { countText } from "./count-text";
import type { useKeyListState } from "./use-key-list-state";

type KeysToolbarProps = {
  list: ReturnType<typeof useKeyListState>;
  counts: KeyPage["counts"];
};

export function KeysToolbar({ list, counts }: KeysToolbarProps) {
  return (
    <div className="flex flex-col gap-3 sm:flex-row sm:items-start">
      <SearchBox
        label="Search API keys"
        placeholder="Name, description, key ID or creator"
        className="sm:w-88"
        {...list.box}
      />
      <RadioGroup
        aria-label="Status"
        orientation="horizontal"
        className="flex gap-0.5 rounded-md bg-subtle-strong p-0.5 sm:ml-auto"
        value={list.state.status}
        onValueChange={(status) => list.filter(status as StatusFilter)}
      >
        {statusFilters.map((status) => (
          <Segment
            key={status}
            value={status}
            label={filterWords[status]}
            count={countText(counts[status])}
          />
        ))}
      </RadioGroup>
    </div>
  );
}
