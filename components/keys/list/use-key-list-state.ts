"use client";

import { parseAsNativeArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { ShownList } from "@/components/list/list-table";
import { useListState } from "@/components/list/use-list-state";
import type { FilterKind, KeyFilters } from "@/lib/core/keys/filter/key-filters";
import { eachFilter, filterKinds, withFilter, withoutFilter } from "@/lib/core/keys/filter/key-filters";
import {
  keyListDefaults as defaults,
  hasTab,
  type KeyListStatus,
  type KeySortColumn,
  keyListStatuses,
  keySortColumns,
  sortDirections,
} from "@/lib/core/keys/key-list-settings";
import type { StatusFilter } from "@/lib/core/keys/key-status";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { KeyPage } from "@/lib/services/keys/read/key-view";

const values = parseAsNativeArrayOf(parseAsString);
const kindParsers = Object.fromEntries(filterKinds.map((kind) => [kind, values])) as {
  readonly [Kind in FilterKind]: typeof values;
};

const parsers = {
  status: parseAsStringLiteral(keyListStatuses).withDefault(defaults.status),
  sort: parseAsStringLiteral(keySortColumns).withDefault(defaults.sort),
  direction: parseAsStringLiteral(sortDirections).withDefault(defaults.direction),
  search: parseAsString.withDefault(defaults.search),
  // The key in the open sheet. Choosing a filter closes the sheet.
  key: parseAsString,
  ...kindParsers,
};

/** The filters of a list, and the functions that change them. */
export type KeyListFilters = {
  readonly filters: KeyFilters;
  readonly status: KeyListStatus;
  /** Replaces the filters and the status, and starts at the first page. */
  readonly set: (filters: KeyFilters, status?: KeyListStatus) => void;
  readonly add: (kind: FilterKind, value: string) => void;
  readonly remove: (kind: FilterKind, value: string) => void;
  readonly clear: () => void;
};

/** The key list's state: that of every list, plus filters and sort order. */
export function useKeyListState({ list: read, searchFault }: ShownList<KeyPage, KeyListInput>) {
  const { startTransition, turnToFirst, ...list } = useListState(searchFault, true);
  const [state, setState] = useQueryStates(parsers, { shallow: false, history: "push", startTransition });
  // Terms in the search text are filters too. When a filter changes, they move into parameters of their own.
  const hasTerms = state.search.includes(":") && searchFault === null;
  const filters = hasTerms ? merged(filtersIn(state), read.filters) : filtersIn(state);
  const status = hasTerms ? read.status : state.status;
  const set = (next: KeyFilters, nextStatus: KeyListStatus = status) => {
    const parameters = Object.fromEntries(filterKinds.map((kind) => [kind, [...(next[kind] ?? [])]]));
    const search = hasTerms || searchFault !== null ? read.search : state.search;
    // nuqs batches the changes of one event into one URL update.
    void setState({ ...parameters, status: nextStatus, search, key: null });
    turnToFirst();
  };
  const filterBy: KeyListFilters = {
    filters,
    status,
    set,
    add: (kind, value) => set(withFilter(filters, kind, value)),
    remove: (kind, value) => set(withoutFilter(filters, kind, value)),
    clear: () => set({}, hasTab(status) ? status : defaults.status),
  };
  return {
    ...list,
    state,
    filterBy,
    isFiltered: Object.keys(filters).length > 0,
    filter: (next: StatusFilter) => {
      if (hasTerms) return set(filters, next);
      void setState({ status: next });
      turnToFirst();
    },
    sort: (sort: KeySortColumn, descending: boolean) => {
      void setState({ sort, direction: descending ? "desc" : "asc" });
      turnToFirst();
    },
  };
}

function filtersIn(state: { readonly [Kind in FilterKind]: string[] }): KeyFilters {
  return Object.fromEntries(
    filterKinds.flatMap((kind) => (state[kind].length === 0 ? [] : [[kind, state[kind]]])),
  );
}

function merged(filters: KeyFilters, more: KeyFilters): KeyFilters {
  return eachFilter(more).reduce<KeyFilters>((all, { kind, value }) => withFilter(all, kind, value), filters);
}
