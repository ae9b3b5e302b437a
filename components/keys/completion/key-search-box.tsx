"use client";

import { type ComponentType, type KeyboardEvent, useRef, useState, useSyncExternalStore } from "react";
import { SearchBox } from "@/components/data-table/search-box";
import type { SearchBoxState } from "@/components/list/use-list-state";
import { Keys } from "@/components/shell/keyboard/keys";
import type { CompletionListProps, FieldNames } from "./completion-list";
import type { CompletedList } from "./use-suggestions";

/** Too narrow for the full placeholder. */
const isNarrow = () => window.matchMedia("(width < 40rem)").matches;
const onResize = (listener: () => void) => {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
};

const load = async () => (await import("./completion-list")).CompletionList;

/** A filter term such as `creator:ana`. */
const withTerm = /(?:^|\s)[a-z]+:/i;

/** Without a name that has no value yet: until the list is loaded, which tells whether a term is whole. */
const withoutLastTerm = (typed: string) => typed.replace(/(?:^|\s)[a-z]+:$/i, "");

type KeySearchBoxProps = CompletedList & { box: SearchBoxState };

/**
 * The list's search box, with completion for filters. To assistive technology it remains a search box: suggestions are
 * announced, and `aria-activedescendant` points to the active one.
 */
export function KeySearchBox({ box, ...known }: KeySearchBoxProps) {
  const [List, setList] = useState<ComponentType<CompletionListProps> | null>(null);
  const [caret, setCaret] = useState<number | null>(null);
  // The text for which Escape or Enter closed the list. Typing opens it again.
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const [names, setNames] = useState<FieldNames>({});
  const isPhone = useSyncExternalStore(onResize, isNarrow, () => false);
  const onKey = useRef<(event: KeyboardEvent<HTMLInputElement>) => void>(null);
  const onTyped = useRef<(typed: string) => string>(null);
  const type = (typed: string) => box.onChange(typed, onTyped.current ?? withoutLastTerm);
  return (
    <SearchBox
      label="Search API keys"
      placeholder={isPhone ? "Search keys" : "Search or paste a key"}
      className="min-w-32 flex-1 sm:max-w-88 xl:max-w-104"
      {...box}
      // With filter terms, the first Enter turns them into chips; only the next one opens a row.
      settled={box.settled && !withTerm.test(box.value)}
      onChange={type}
      field={{
        "aria-autocomplete": "list",
        ...names,
        onFocus: ({ currentTarget }) => {
          setCaret(currentTarget.selectionStart);
          // The search also works without completion.
          load().then(
            (loaded) => setList(() => loaded),
            () => undefined,
          );
        },
        onBlur: () => {
          setCaret(null);
          // On blur, search the whole text, including an unfinished term.
          if (box.isUnfinished) box.onSubmit(box.value);
        },
        onSelect: ({ currentTarget: { selectionStart, selectionEnd } }) =>
          setCaret(selectionStart === selectionEnd ? selectionStart : null),
        onKeyDown: (event) => {
          onKey.current?.(event);
          // Suggestions that arrive after Enter would cover the results.
          if (event.key === "Enter" && !event.defaultPrevented) setClosedAt(box.value);
        },
      }}
    >
      {box.value === "" && (
        <span
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-3 flex -translate-y-1/2 items-center gap-2 font-mono text-ink-muted text-xs max-xl:hidden"
        >
          creator:ana expires:&lt;30d <Keys>/</Keys>
        </span>
      )}
      {List !== null && (
        <List
          {...known}
          typed={box.value}
          caret={closedAt === box.value ? null : caret}
          {...{ onKey, onTyped, setNames }}
          onClose={() => setClosedAt(box.value)}
          onTake={(typed, isTerm) => (isTerm ? box.onSubmit : type)(typed)}
        />
      )}
    </SearchBox>
  );
}
