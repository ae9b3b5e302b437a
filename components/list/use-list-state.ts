"use client";

import { useSearchParams } from "next/navigation";
import { debounce, parseAsInteger, parseAsNumberLiteral, parseAsString, useQueryStates } from "nuqs";
import { useRef, useState, useTransition } from "react";
import { pastedToken } from "@/components/shell/jump/pasted-token";
import { useOnItsWay } from "@/components/shell/states/use-on-its-way";
import { keyListDefaults as defaults, pageSizes, searchMaximum } from "@/lib/core/keys/key-list-settings";
import { searchText } from "@/lib/core/search-text";
import { withoutSecrets } from "@/lib/core/secret-text";
import { typedText } from "@/lib/core/typed-text";

const searchPauseMs = 250;

const parsers = {
  search: parseAsString.withDefault(defaults.search),
  page: parseAsInteger.withDefault(defaults.page),
  pageSize: parseAsNumberLiteral(pageSizes).withDefault(defaults.pageSize),
};

/** Props for SearchBox. */
export type SearchBoxState = ReturnType<typeof useListState>["box"];

const whole = (typed: string) => typed;

/**
 * A list's state, kept in the URL. A change loads the page from the server.
 *
 * @param searchFault why the search in the URL is invalid, from the server
 * @param asksAboutSecrets whether a listener of `pastedToken` handles text that looks like a secret
 */
export function useListState(searchFault: string | null, asksAboutSecrets = false) {
  const [isPending, startTransition] = useTransition();
  const stale = useOnItsWay(isPending);
  const [state, setState] = useQueryStates(parsers, { shallow: false, history: "push", startTransition });
  // The box's text while the URL differs: it is too long, unfinished or looks like a secret.
  const [kept, setKept] = useState<{ readonly typed: string; readonly search: string } | null>(null);
  const shown = kept?.search === state.search ? kept.typed : state.search;
  const searched = useSearchParams().get("search") ?? defaults.search;
  const known = useRef(new Set<string>());
  const isTooLong = typedText(shown).length > searchMaximum;
  // A secret that came with the URL does not count: it is there already.
  const hasSecret =
    shown !== state.search && withoutSecrets(shown, (word) => known.current.has(word)) !== shown;

  /** The search box's text. A pasted token becomes its key id, to keep secrets out of the URL. */
  const search = (typed: string, wait: boolean, searchedPart = whole) => {
    const text = searchText(typed);
    const safe = withoutSecrets(text, (word) => known.current.has(word));
    if (safe !== typed) pastedToken.tell(typed);
    const next = typedText(text).length > searchMaximum ? state.search : searchedPart(safe);
    setKept({ typed: text, search: next });
    if (next === state.search && text !== next) return;
    const limit = wait && text !== "" ? { limitUrlUpdates: debounce(searchPauseMs) } : {};
    void setState({ search: next, page: defaults.page }, { history: "replace", ...limit });
  };
  return {
    stale,
    startTransition,
    clearSearch: () => search("", false),
    /** Searches for a word that looks like a secret after all, because a key that this person sees contains it. */
    trust: (word: string) => {
      known.current.add(word);
      search(shown, false);
    },
    /** Goes to the first page, for callers that change which rows are shown. Batched into the same URL update. */
    turnToFirst: () => void setState({ page: defaults.page }),
    box: {
      value: shown,
      onChange: (typed: string, searched?: (text: string) => string) => search(typed, true, searched),
      onSubmit: (typed: string) => search(typed, false),
      busy: stale,
      settled: !isPending && shown === searched,
      /** The last term is still being typed, so it is in the box but not in the URL. */
      isUnfinished: shown !== state.search && !isTooLong && !hasSecret,
      error: isTooLong
        ? `Search for at most ${searchMaximum} characters`
        : hasSecret && !asksAboutSecrets
          ? "That looks like a secret, so it stays out of the address and is not searched for"
          : (searchFault ?? undefined),
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
