"use client";

import { SearchBox } from "@/components/data-table/search-box";
import { RadioGroup } from "@/components/ui/choice/radio-group";
import { statusFilters } from "@/lib/core/keys/key-status";
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
        segmented
        className="sm:ml-auto"
        options={statusFilters.map((status) => ({
          value: status,
          label: filterWords[status],
          count: countText(counts[status]),
        }))}
        value={list.state.status}
        onValueChange={list.filter}
      />
    </div>
  );
}
