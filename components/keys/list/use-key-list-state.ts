"use client";

import { parseAsStringLiteral, useQueryStates } from "nuqs";
import { useListState } from "@/components/list/use-list-state";
import {
  keyListDefaults as defaults,
  type KeySortColumn,
  keySortColumns,
  sortDirections,
} from "@/lib/core/keys/key-list-state";
import { type StatusFilter, statusFilters } from "@/lib/core/keys/key-status";

const parsers = {
  status: parseAsStringLiteral(statusFilters).withDefault(defaults.status),
  sort: parseAsStringLiteral(keySortColumns).withDefault(defaults.sort),
  direction: parseAsStringLiteral(sortDirections).withDefault(defaults.direction),
};

/** The key list's state: that of every list, plus status filter and sort order. */
export function useKeyListState(searchFault: string | null) {
  const { startTransition, turnToFirst, ...list } = useListState(searchFault);
  const [state, setState] = useQueryStates(parsers, { shallow: false, history: "push", startTransition });
  return {
    ...list,
    state,
    // nuqs batches both into one URL update.
    filter: (status: StatusFilter) => {
      void setState({ status });
      turnToFirst();
    },
    sort: (sort: KeySortColumn, descending: boolean) => {
      void setState({ sort, direction: descending ? "desc" : "asc" });
      turnToFirst();
    },
  };
}
