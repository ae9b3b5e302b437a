"use client";

import { classNames } from "@/components/ui/class-names";
import { useTip } from "@/components/ui/reason";
import { type HygieneKind, hygieneKinds } from "@/lib/core/keys/filter/hygiene";
import type { KeyCount, KeyPage } from "@/lib/services/keys/read/key-view";
import { countText } from "../list/count-text";
import type { KeyListFilters } from "../list/use-key-list-state";
import { hygieneWords } from "./filter-words";

type HygieneStripProps = {
  by: KeyListFilters;
  counts: KeyPage["hygiene"];
  /** The rule of each finding, in words. */
  rules: Readonly<Record<HygieneKind, string>>;
};

/** Counts of the listed keys with each finding. Each count is a filter button; zeros are dimmed. */
export function HygieneStrip({ by, counts, rules }: HygieneStripProps) {
  const chosen = hygieneKinds.filter((kind) => by.filters.is?.includes(kind));
  return (
    <div className="grid gap-2">
      <fieldset
        aria-label="Hygiene"
        // A browser leaves a focused chip outside the visible part of a fieldset that scrolls.
        onFocus={({ target }) => target.scrollIntoView({ block: "nearest", inline: "nearest" })}
        className="-m-1 flex min-w-0 items-center gap-1.5 overflow-x-auto p-1 [scrollbar-width:none] max-sm:-mx-4 max-sm:px-4"
      >
        <span aria-hidden className="mr-1 text-ink-faint text-xs max-sm:hidden">
          Hygiene
        </span>
        {hygieneKinds.map((kind) => (
          <HygieneChip
            key={kind}
            kind={kind}
            count={counts[kind]}
            rule={rules[kind]}
            isPressed={chosen.includes(kind)}
            onChange={(press) => (press ? by.add("is", kind) : by.remove("is", kind))}
          />
        ))}
      </fieldset>
      {/* Repeats the rules of the tips for touch screens. */}
      {chosen.length > 0 && (
        <p className="text-ink-muted text-xs">
          {chosen.length > 1 && "Keys with any of these. "}
          {chosen.map((kind) => (
            <span key={kind}>
              <span className="font-medium text-ink">{hygieneWords[kind]}:</span> {rules[kind]}{" "}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

type HygieneChipProps = {
  kind: HygieneKind;
  count: KeyCount;
  rule: string;
  isPressed: boolean;
  onChange: (press: boolean) => void;
};

/** Shows its rule on hover or focus; a chip with zero keys also shows it when pressed. */
function HygieneChip({ kind, count, rule, isPressed, onChange }: HygieneChipProps) {
  const { control, tip, show } = useTip(rule);
  const isNone = count.count === 0 && count.isAll;
  const isResting = isNone && !isPressed;
  return (
    <>
      <button
        type="button"
        aria-pressed={isPressed}
        aria-disabled={isResting || undefined}
        {...control}
        onClick={isResting ? show : () => onChange(!isPressed)}
        className={classNames(
          "flex h-7 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-full border px-2.5 text-[0.8125rem] transition-colors max-sm:h-9 max-sm:px-3 max-sm:text-sm",
          isResting
            ? "border-transparent text-ink-faint"
            : "border-line bg-surface text-ink-muted hover:border-line-input hover:text-ink",
          "aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-ink",
        )}
      >
        {kind === "expiring-soon" && !isNone && (
          <span aria-hidden className="size-1.5 rounded-full bg-status-expiring-ink" />
        )}
        {hygieneWords[kind]}{" "}
        <span className={classNames("font-medium tabular-nums", !isNone && !isPressed && "text-ink")}>
          {countText(count)}
        </span>
      </button>
      {tip}
    </>
  );
}
