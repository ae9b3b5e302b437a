"use client";

import { classNames } from "@/components/ui/class-names";
import { hygieneKinds } from "@/lib/core/keys/filter/hygiene";
import type { KeyPage } from "@/lib/services/keys/read/key-view";
import { countText } from "../list/count-text";
import type { KeyListFilters } from "../list/use-key-list-state";
import { hygieneWords } from "./filter-words";

type HygieneStripProps = { by: KeyListFilters; counts: KeyPage["hygiene"] };

/** What to look at among the keys that are listed. Each count is a filter; a zero recedes. */
export function HygieneStrip({ by, counts }: HygieneStripProps) {
  const chosen = by.filters.is ?? [];
  return (
    <fieldset
      aria-label="Hygiene"
      className="-m-1 flex min-w-0 items-center gap-1.5 overflow-x-auto p-1 [scrollbar-width:none] max-sm:-mx-4 max-sm:px-4"
    >
      <span aria-hidden className="mr-1 text-ink-faint text-xs max-sm:hidden">
        Hygiene
      </span>
      {hygieneKinds.map((kind) => {
        const isPressed = chosen.includes(kind);
        const isNone = counts[kind].count === 0 && counts[kind].isAll;
        return (
          <button
            key={kind}
            type="button"
            aria-pressed={isPressed}
            disabled={isNone && !isPressed}
            onClick={() => (isPressed ? by.remove("is", kind) : by.add("is", kind))}
            className={classNames(
              "flex h-7 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-full border px-2.5 text-[0.8125rem] transition-colors max-sm:h-9 max-sm:px-3 max-sm:text-sm",
              "border-line bg-surface text-ink-muted hover:border-line-input hover:text-ink",
              "aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-ink",
              "disabled:border-transparent disabled:bg-transparent disabled:text-ink-faint",
            )}
          >
            {kind === "expiring-soon" && !isNone && (
              <span aria-hidden className="size-1.5 rounded-full bg-status-expiring-ink" />
            )}
            {hygieneWords[kind]}{" "}
            <span className={classNames("font-medium tabular-nums", !isNone && !isPressed && "text-ink")}>
              {countText(counts[kind])}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}
