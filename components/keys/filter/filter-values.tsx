"use client";

import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { controlStyle } from "@/components/ui/input";
import type { FilterKind } from "@/lib/core/keys/filter/key-filters";
import { readFilterValue } from "@/lib/core/keys/filter/read-filter-value";
import { printTerm } from "@/lib/core/keys/filter/typed-search";
import { searchText } from "@/lib/core/search-text";
import { secretsIn } from "@/lib/core/secret-text";
import type { FilterPanelProps } from "./filter-panel-props";
import { filterTitles, filterWords } from "./filter-words";
import { TimeValues } from "./time-values";
import { useFacets } from "./use-facets";
import { moveBetweenValues, ValueOption } from "./value-option";

type FilterValuesProps = FilterPanelProps & { kind: FilterKind; onText: (text: string) => void };

const findable: Partial<Record<FilterKind, string>> = {
  creator: "Find a creator",
  namespace: "Find a namespace",
  role: "Find a role",
  subject: "Find a subject",
  label: "Find a label",
};
const times: readonly FilterKind[] = ["created", "used", "expires"];
const free: readonly FilterKind[] = ["creator", "namespace", "subject", "label"];

/** The values of one filter. A value that is not in the list can be typed. */
export function FilterValues(props: FilterValuesProps) {
  const { by, kind, list, own, onText } = props;
  const [find, setFind] = useState("");
  const { facets, failed } = useFacets({ kind, find, list, own });
  const chosen = by.filters[kind] ?? [];
  const values = facets?.values ?? [];
  const text = chosen
    .map((value) => printTerm(kind, values.find((known) => known.value === value)?.text ?? value))
    .join(" ");
  useEffect(() => onText(text), [onText, text]);
  if (times.includes(kind)) return <TimeValues {...props} values={values} />;
  // Text that looks like a secret cannot become a new value either, only match existing ones.
  const isSecret = secretsIn(find).length > 0;
  const typed = find.trim() === "" || isSecret || !free.includes(kind) ? null : readFilterValue(kind, find);
  const isNew = typed !== null && "value" in typed && !values.some(({ value }) => value === typed.value);
  const placeholder = findable[kind];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only the arrow keys, between its own fields
    <div onKeyDown={moveBetweenValues} className="flex min-h-0 flex-1 flex-col gap-1">
      {placeholder !== undefined && (
        <div className="relative">
          <Search aria-hidden className="absolute top-1/2 left-2 size-4 -translate-y-1/2 text-ink-faint" />
          <input
            type="text"
            aria-label={placeholder}
            placeholder={placeholder}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            value={find}
            // Values end up in the URL, so a pasted token is replaced by its key's ID.
            onChange={({ target }) => setFind(searchText(target.value))}
            className={classNames(controlStyle, "h-8 pr-2 pl-8 max-sm:h-11")}
          />
        </div>
      )}
      <fieldset aria-label={filterTitles[kind]} className="min-h-0 min-w-0 flex-1 overflow-y-auto">
        {values.map(({ value, name, keys }) => (
          <ValueOption
            key={value}
            type="checkbox"
            checked={chosen.includes(value)}
            keys={keys}
            onChange={(checked) => (checked ? by.add(kind, value) : by.remove(kind, value))}
          >
            <bdi title={kind === "role" && name !== null ? name : undefined}>
              {kind === "role" ? value : (name ?? filterWords(kind, value, {}).value)}
            </bdi>
          </ValueOption>
        ))}
        {isNew && (
          <ValueOption
            type="checkbox"
            checked={chosen.includes(typed.value)}
            onChange={(checked) => (checked ? by.add(kind, typed.value) : by.remove(kind, typed.value))}
          >
            {kind === "subject" || kind === "label" ? "Exactly" : "Contains"} <bdi>“{typed.value}”</bdi>
          </ValueOption>
        )}
        <p role="status" className="px-2 py-1.5 text-ink-muted text-xs empty:hidden">
          {failed?.detail ??
            (facets === null
              ? "Loading the values"
              : facets.more
                ? "There are more. Type a part of the name."
                : values.length === 0 &&
                  !isNew &&
                  (find === ""
                    ? "No key has one"
                    : isSecret
                      ? "No key has it. It looks like a secret, so it cannot become a filter."
                      : `Nothing found for “${find}”`))}
        </p>
      </fieldset>
    </div>
  );
}
