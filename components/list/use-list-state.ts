"use client";

import { debounce, parseAsInteger, parseAsNumberLiteral, parseAsString, useQueryStates } from "nuqs";
import { useState, useTransition } from "react";
import { keyListDefaults as defaults, pageSizes, searchMaximum } from "@/lib/core/keys/key-list-settings";
import { searchText } from "@/lib/core/search-text";
import { typedText } from "@/lib/core/typed-text";

const searchPauseMs = 250;

const parsers = {
  search: parseAsString.withDefault(defaults.search),
  page: parseAsInteger.withDefault(defaults.page),
  pageSize: parseAsNumberLiteral(pageSizes).withDefault(defaults.pageSize),
};

/**
 * A list's state, kept in the URL. A change loads the page from the server.
 *
 * @param searchFault why the search in the URL is invalid, from the server
 */
export function useListState(searchFault: string | null) {
  const [stale, startTransition] = useTransition();
  const [state, setState] = useQueryStates(parsers, { shallow: false, history: "push", startTransition });
  // A search over the maximum length: the box keeps it and shows an error, and the URL does not get it.
  const [tooLong, setTooLong] = useState<string | null>(null);

  /** The search box's text. A pasted token becomes its key id, to keep secrets out of the URL. */
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
    /** Goes to the first page, for callers that change which rows are shown. Batched into the same URL update. */
    turnToFirst: () => void setState({ page: defaults.page }),
    /** Props for SearchBox. */
    box: {
      value: tooLong ?? state.search,
      onChange: (typed: string) => search(typed, true),
      onSubmit: (typed: string) => search(typed, false),
      busy: stale,
      error: tooLong === null ? (searchFault ?? undefined) : `Search for at most ${searchMaximum} characters`,
    },
    /** Props for Pagination. */
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
