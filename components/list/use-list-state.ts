"use client";

import { debounce, parseAsInteger, parseAsNumberLiteral, parseAsString, useQueryStates } from "nuqs";
import { useState, useTransition } from "react";
import { keyListDefaults as defaults, pageSizes, searchMaximum } from "@/lib/core/key-list-state";
import { searchText } from "@/lib/core/search-text";
import { typedText } from "@/lib/core/typed-text";

const searchPauseMs = 250;

const parsers = {
  search: parseAsString.withDefault(defaults.search),
  page: parseAsInteger.withDefault(defaults.page),
  pageSize: parseAsNumberLiteral(pageSizes).withDefault(defaults.pageSize),
};

/**
 * A list's state, which lives in the address; a change of it asks the server for the page anew.
 *
 * @param searchFault why the search in the address cannot be made, as the server says
 */
export function useListState(searchFault: string | null) {
  const [stale, startTransition] = useTransition();
  const [state, setState] = useQueryStates(parsers, { shallow: false, history: "push", startTransition });
  // Longer than any search: it stays in the box, whose message says so, and out of the address.
  const [tooLong, setTooLong] = useState<string | null>(null);

  /** What stands in the search box. A token in it becomes its key id: the address is no place for a secret. */
  const search = (typed: string, wait: boolean) => {
    const text = searchText(typed);
    if (typedText(text).length > searchMaximum) return setTooLong(typed);
    setTooLong(null);
    const limit = wait && text !== "" ? { limitUrlUpdates: debounce(searchPauseMs) } : {};
    void setState({ search: text, page: defaults.page }, { history: "replace", ...limit });
  };
  return {
    stale,
    startTransition,
    clearSearch: () => search("", false),
    /** For who shows other rows than before, and joins in the same change of the address. */
    turnToFirst: () => void setState({ page: defaults.page }),
    /** What the SearchBox takes. */
    box: {
      value: tooLong ?? state.search,
      onChange: (typed: string) => search(typed, true),
      onSubmit: (typed: string) => search(typed, false),
      busy: stale,
      error: tooLong === null ? (searchFault ?? undefined) : `Search for at most ${searchMaximum} characters`,
    },
    /** What the Pagination takes. */
    pages: {
      pageSizes,
      onPage: (page: number) => void setState({ page }),
      onPageSize: (size: number) => {
        const pageSize = pageSizes.find((offered) => offered === size);
        if (pageSize !== undefined) void setState({ pageSize, page: defaults.page });
      },
    },
  };
}
