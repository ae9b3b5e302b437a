"use client";

import {
  debounce,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import { useTransition } from "react";
import {
  keyListDefaults as defaults,
  type KeySortColumn,
  keySortColumns,
  pageSizes,
  searchMaximum,
  sortDirections,
} from "@/lib/core/key-list-state";
import { type StatusFilter, statusFilters } from "@/lib/core/key-status";
import { searchText } from "@/lib/core/search-text";

const searchPauseMs = 250;

const parsers = {
  search: parseAsString.withDefault(defaults.search),
  status: parseAsStringLiteral(statusFilters).withDefault(defaults.status),
  sort: parseAsStringLiteral(keySortColumns).withDefault(defaults.sort),
  direction: parseAsStringLiteral(sortDirections).withDefault(defaults.direction),
  page: parseAsInteger.withDefault(defaults.page),
  pageSize: parseAsNumberLiteral(pageSizes).withDefault(defaults.pageSize),
};

/** The list's state, which lives in the address; a change of it asks the server for the page anew. */
export function useKeyListState() {
  const [stale, startTransition] = useTransition();
  const [state, setState] = useQueryStates(parsers, { shallow: false, history: "push", startTransition });

  /** What stands in the search box. A token in it becomes its key id: the address is no place for a secret. */
  const search = (typed: string, wait: boolean) => {
    const text = searchText(typed);
    // Longer than any search: it stays in the box, whose message says so, and out of the address.
    if (text.trim().length > searchMaximum) return false;
    const limit = wait && text !== "" ? { limitUrlUpdates: debounce(searchPauseMs) } : {};
    void setState({ search: text, page: defaults.page }, { history: "replace", ...limit });
    return true;
  };
  return {
    state,
    stale,
    search,
    filter: (status: StatusFilter) => void setState({ status, page: defaults.page }),
    sort: (sort: KeySortColumn, descending: boolean) =>
      void setState({ sort, direction: descending ? "desc" : "asc", page: defaults.page }),
    turnTo: (page: number) => void setState({ page }),
    resize: (size: number) => {
      const pageSize = pageSizes.find((offered) => offered === size);
      if (pageSize !== undefined) void setState({ pageSize, page: defaults.page });
    },
  };
}
