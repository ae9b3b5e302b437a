"use client";

import { parseAsNativeArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { ShownList } from "@/components/list/list-table";
import { useListState } from "@/components/list/use-list-state";
import { labelText } from "@/lib/core/keys/attributes/key-labels";
import {
  keyListDefaults as defaults,
  type KeySortColumn,
  keyListStatuses,
  keySortColumns,
  sortDirections,
} from "@/lib/core/keys/key-list-settings";
import type { StatusFilter } from "@/lib/core/keys/key-status";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { KeyPage } from "@/lib/services/keys/read/key-view";

/** What the list is filtered by besides the status. Labels are `name=value`, or `name` for any value. */
export type KeyListFilters = {
  /** Exactly this one; empty for any. */
  readonly subject: string;
  readonly label: readonly string[];
  readonly paused: boolean;
};

export const noFilters: KeyListFilters = { subject: "", label: [], paused: false };

const parsers = {
  status: parseAsStringLiteral(keyListStatuses).withDefault(defaults.status),
  sort: parseAsStringLiteral(keySortColumns).withDefault(defaults.sort),
  direction: parseAsStringLiteral(sortDirections).withDefault(defaults.direction),
  subject: parseAsString.withDefault(defaults.subject),
  label: parseAsNativeArrayOf(parseAsString),
  // The open sheet, which closes when a filter is chosen in it.
  key: parseAsString,
};

/** The key list's state: that of every list, plus filters and sort order. */
export function useKeyListState({ list: read, searchFault }: ShownList<KeyPage, KeyListInput>) {
  const { startTransition, turnToFirst, ...list } = useListState(searchFault);
  const [state, setState] = useQueryStates(parsers, { shallow: false, history: "push", startTransition });
  // As the server applied them: it drops what is written wrong, and says so.
  const filters = useMemo(() => filtersOf(read), [read]);
  // nuqs batches the changes of one event into one URL update.
  const filterBy = ({ subject, label, paused }: KeyListFilters) => {
    const unpaused = state.status === "paused" ? defaults.status : state.status;
    void setState({ subject, label: [...label], status: paused ? "paused" : unpaused, key: null });
    turnToFirst();
  };
  return {
    ...list,
    state,
    filters,
    isFiltered: filters.subject !== "" || filters.label.length > 0,
    filterBy,
    /** Adds a filter to the current ones. */
    add: {
      subject: (subject: string) => filterBy({ ...filters, subject }),
      label: (label: string) => filterBy({ ...filters, label: [...new Set([...filters.label, label])] }),
      paused: () => filterBy({ ...filters, paused: true }),
    },
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

function filtersOf({ subject, label, status }: KeyListInput): KeyListFilters {
  return {
    subject,
    label: label.map(({ name, value }) => (value === null ? name : labelText([name, value]))),
    paused: status === "paused",
  };
}
