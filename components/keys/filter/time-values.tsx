import { classNames } from "@/components/ui/class-names";
import { controlStyle } from "@/components/ui/input";
import type { KeyFacet } from "@/lib/services/keys/filter/key-facets";
import type { FilterPanelProps } from "./filter-panel-props";
import { filterTitles, filterWords } from "./filter-words";
import { moveBetweenValues, ValueOption } from "./value-option";

type TimeValuesProps = FilterPanelProps & {
  kind: "created" | "used" | "expires" | string;
  values: readonly KeyFacet[];
};

/** The values of a time filter: the usual distances, or a date range. */
export function TimeValues({ by, kind: asked, values }: TimeValuesProps) {
  const kind = asked as "created" | "used" | "expires";
  const chosen = by.filters[kind] ?? [];
  const choose = (next: readonly string[]) => {
    const { [kind]: _, ...others } = by.filters;
    by.set(next.length === 0 ? others : { ...others, [kind]: next });
  };
  const dayOf = (side: "<" | ">") => chosen.find((value) => /^[<>]\d{4}-/.test(value) && value[0] === side);
  const setDay = (side: "<" | ">", day: string) => {
    const other = chosen.filter((value) => /^[<>]\d{4}-/.test(value) && value[0] !== side);
    choose(day === "" ? other : [...other, `${side}${day}`]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only the arrow keys, between its own fields
    <div onKeyDown={moveBetweenValues} className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto">
      <fieldset aria-label={filterTitles[kind]}>
        {values.map(({ value, keys }) => (
          <ValueOption
            key={value}
            type="radio"
            checked={chosen.includes(value)}
            keys={keys}
            onChange={(checked) => choose(checked ? [value] : [])}
          >
            {sentence(kind, value)}
          </ValueOption>
        ))}
      </fieldset>
      <div className="grid grid-cols-2 gap-2 border-t px-2 pt-2 pb-1">
        {([">", "<"] as const).map((side) => (
          <label key={side} className="grid min-w-0 gap-1 text-ink-muted text-xs">
            {side === ">" ? "After" : "Before"}
            <input
              type="date"
              min="1970-01-01"
              value={dayOf(side)?.slice(1) ?? ""}
              onChange={({ target }) => setDay(side, target.value)}
              className={classNames(controlStyle, "h-8 min-w-0 px-2 max-sm:h-11")}
            />
          </label>
        ))}
      </div>
    </div>
  );
}

function sentence(kind: "created" | "used" | "expires", value: string): string {
  const { is, value: words } = filterWords(kind, value, {});
  const text = is === "is" ? words : `${is} ${words}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
