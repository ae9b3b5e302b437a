"use client";

import { debounce, parseAsInteger, parseAsNumberLiteral, parseAsString, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { keyListDefaults as defaults, pageSizes, searchMaximum } from "@/lib/core/key-list-state";
import { searchText } from "@/lib/core/search-text";

const searchPauseMs = 250;

const parsers = {
  search: parseAsString.withDefault(defaults.search),
  page: parseAsInteger.withDefault(defaults.page),
  pageSize: parseAsNumberLiteral(pageSizes).withDefault(defaults.pageSize),
};

/** The list's state, which lives in the address; a change of it asks the server for the page anew. */
export function useMemberListState() {
  const [stale, startTransition] = useTransition();
  const [state, setState] = useQueryStates(parsers, { shallow: false, history: "push", startTransition });
  return {
    state,
    stale,
    search: (typed: string, wait: boolean) => {
      // The address is no place for a secret that somebody pasted.
      const search = searchText(typed).slice(0, searchMaximum);
      const limit = wait && search !== "" ? { limitUrlUpdates: debounce(searchPauseMs) } : {};
      void setState({ search, page: defaults.page }, { history: "replace", ...limit });
    },
    turnTo: (page: number) => void setState({ page }),
    resize: (size: number) => {
      const pageSize = pageSizes.find((offered) => offered === size);
      if (pageSize !== undefined) void setState({ pageSize, page: defaults.page });
    },
  };
}
