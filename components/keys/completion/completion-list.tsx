"use client";

import { type KeyboardEvent, type RefObject, useEffect, useId, useImperativeHandle, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { countOf } from "@/components/ui/count-of";
import { begunTerm, completedSearch, withoutUnfinishedTerm } from "@/lib/core/keys/filter/begun-term";
import { countWords } from "../filter/value-option";
import type { Suggestion } from "./suggestions";
import type { CompletedList } from "./use-suggestions";
import { useSuggestions } from "./use-suggestions";

/** The field's ARIA attributes that refer to the list. */
export type FieldNames = {
  readonly "aria-controls"?: string | undefined;
  readonly "aria-activedescendant"?: string | undefined;
};

export type CompletionListProps = CompletedList & {
  typed: string;
  /** Null turns completion off: without focus, while text is selected, or after the list was closed. */
  caret: number | null;
  onKey: RefObject<((event: KeyboardEvent<HTMLInputElement>) => void) | null>;
  /** Set to a function that returns the part of the text to search already. */
  onTyped: RefObject<((typed: string) => string) | null>;
  setNames: (names: FieldNames) => void;
  onClose: () => void;
  /** @param isTerm whether a complete term was chosen, rather than just its name */
  onTake: (typed: string, isTerm: boolean) => void;
};

/**
 * Completions for the term at the caret. No option is active until an arrow key is pressed, so Enter still searches.
 */
export function CompletionList(props: CompletionListProps) {
  const { typed, caret, onKey, onTyped, setNames, onClose, onTake } = props;
  const id = useId();
  const [active, setActive] = useState<{ readonly typed: string; readonly option: string } | null>(null);
  const term = caret === null ? null : begunTerm(typed, caret);
  const suggestions = useSuggestions(term, props);
  // The list can reload while an option is active, so the option is found by its key.
  const at = active?.typed === typed ? suggestions.findIndex((one) => keyOf(one) === active.option) : -1;
  const isOpen = suggestions.length > 0;
  const optionId = (index: number) => `${id}${index}`;
  useEffect(() => {
    setNames(
      isOpen ? { "aria-controls": id, "aria-activedescendant": at === -1 ? undefined : `${id}${at}` } : {},
    );
    if (at !== -1) document.getElementById(`${id}${at}`)?.scrollIntoView({ block: "nearest" });
  }, [setNames, isOpen, id, at]);
  const take = ({ name, value }: Suggestion, field: HTMLInputElement | null) => {
    if (term === null || caret === null) return;
    const next = completedSearch(typed, caret, term, name, value);
    onTake(next.typed, value !== null);
    requestAnimationFrame(() => field?.setSelectionRange(next.caret, next.caret));
  };
  useImperativeHandle(onTyped, () => withoutUnfinishedTerm, []);
  useImperativeHandle(onKey, () => (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (!isOpen) {
      // The arrow would move the caret out of the term before its suggestions arrive.
      if (term?.name != null && (event.key === "ArrowUp" || event.key === "ArrowDown"))
        event.preventDefault();
      return;
    }
    const move = (to: number) => {
      const option = suggestions[to];
      setActive(option === undefined ? null : { typed, option: keyOf(option) });
    };
    // Tab without an active option takes the first one, but only in a value: a begun name might be a plain word.
    const chosen = suggestions[at === -1 && event.key === "Tab" && term?.name != null ? 0 : at];
    if (event.key === "ArrowDown") move(at === suggestions.length - 1 ? -1 : at + 1);
    else if (event.key === "ArrowUp") move(at === -1 ? suggestions.length - 1 : at - 1);
    else if (event.key === "Escape") onClose();
    else if ((event.key === "Enter" || event.key === "Tab") && chosen !== undefined) {
      take(chosen, event.currentTarget);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return (
    <>
      <span aria-live="polite" className="sr-only">
        {isOpen && `${countOf(suggestions.length, "suggestion")}. Choose with the arrow keys and Enter.`}
      </span>
      {isOpen && (
        <div className="absolute top-full left-0 z-30 mt-1 w-full min-w-88 rounded-lg bg-surface shadow-popover max-sm:w-[calc(100vw-2rem)] max-sm:min-w-0">
          <div id={id} role="listbox" aria-label="Suggestions" className="max-h-80 overflow-y-auto p-1">
            {suggestions.map((suggestion, index) => (
              <Option
                key={keyOf(suggestion)}
                id={optionId(index)}
                suggestion={suggestion}
                isActive={index === at}
                onTake={take}
              />
            ))}
          </div>
        </div>
      )}
    </>
  );
}

const keyOf = ({ name, value }: Suggestion) => `${name}:${value}`;

type OptionProps = {
  id: string;
  suggestion: Suggestion;
  isActive: boolean;
  onTake: (suggestion: Suggestion, field: HTMLInputElement | null) => void;
};

function Option({ id, suggestion, isActive, onTake }: OptionProps) {
  const { text, about, keys } = suggestion;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and its keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      // Keeps the focus in the field.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onTake(suggestion, document.activeElement as HTMLInputElement | null)}
      className={classNames(
        "flex min-h-8 cursor-default select-none items-center gap-2.5 rounded-md px-2 py-1 text-sm hover:bg-subtle max-sm:min-h-11",
        isActive && "bg-subtle-strong outline-2 outline-transparent forced-colors:outline",
      )}
    >
      <bdi className="max-w-2/3 shrink-0 truncate text-ink">{text}</bdi>
      <span dir="auto" className="min-w-0 flex-1 truncate text-ink-muted text-xs">
        {about}
      </span>
      {keys !== null && (
        <span className="text-ink-faint text-xs tabular-nums">
          {countWords(keys)}
          <span className="sr-only"> {keys.count === 1 && keys.isAll ? "key" : "keys"}</span>
        </span>
      )}
    </div>
  );
}
