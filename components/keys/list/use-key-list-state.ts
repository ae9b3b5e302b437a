"use client";

import { parseAsStringLiteral, useQueryStates } from "nuqs";
import { useListState } from "@/components/list/use-list-state";
import {
  keyListDefaults as defaults,
  type KeySortColumn,
  keySortColumns,
  sortDirections,
} from "@/lib/core/key-list-state";
import { type StatusFilter, statusFilters } from "@/lib/core/key-status";

const parsers = {
  status: parseAsStringLiteral(statusFilters).withDefault(defaults.status),
  sort: parseAsStringLiteral(keySortColumns).withDefault(defaults.sort),
  direction: parseAsStringLiteral(sortDirections).withDefault(defaults.direction),
};

/** The state of the list of keys: of every list, and by which status and in which order. */
export function useKeyListState(searchFault: string | null) {
  const { startTransition, turnToFirst, ...list } = useListState(searchFault);
  const [state, setState] = useQueryStates(parsers, { shallow: false, history: "push", startTransition });
  return {
    ...list,
    state,
    // nuqs makes one change of the address out of both.
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
