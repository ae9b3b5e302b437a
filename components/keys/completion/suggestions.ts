import { namespaceTypes } from "@/lib/core/access/namespace";
import type { BegunTerm } from "@/lib/core/keys/filter/begun-term";
import { namesFrom } from "@/lib/core/keys/filter/begun-term";
import { holds } from "@/lib/core/keys/filter/holds";
import type { FilterKind } from "@/lib/core/keys/filter/key-filters";
import { distancesFrom } from "@/lib/core/keys/filter/time-filter";
import type { TermName } from "@/lib/core/keys/filter/typed-search";
import { keyListStatuses } from "@/lib/core/keys/key-list-settings";
import type { KeyFacet, KeyFacets } from "@/lib/services/keys/filter/key-facets";
import type { KeyCount, KeyPage } from "@/lib/services/keys/read/key-view";
import { filterTitles, filterWords } from "../filter/filter-words";
import { namespaceWords, filterWords as statusWords } from "../key-words";

/** A completion of the term being typed. */
export type Suggestion = {
  readonly name: TermName;
  /** Null if it completes only the name. */
  readonly value: string | null;
  readonly text: string;
  readonly about: string;
  readonly keys: KeyCount | null;
};

type Known = {
  /** The values that the server found; null while it has not answered. */
  readonly facets: KeyFacets | null;
  readonly counts: KeyPage["counts"];
  /** On a person's own page, where all keys have one creator. */
  readonly own: boolean;
};

const most = 8;
/** Values of these terms are also matched by their description. */
const titled: readonly TermName[] = ["creator", "role", "is"];

/** At most eight completions, those with the typed prefix first. None for a value that is complete. */
export function suggestionsFor({ name, part }: BegunTerm, known: Known): Suggestion[] {
  if (name === null) {
    return namesFrom(part)
      .filter((one) => !(known.own && one === "creator"))
      .map((one) => ({
        ...{ name: one, value: null, text: `${one}:`, keys: null },
        about: one === "status" ? "Status" : filterTitles[one],
      }));
  }
  const found = valuesOf(name, part, known).filter(
    ({ text, about }) => part === "" || holds(text, part) || (titled.includes(name) && holds(about, part)),
  );
  const begins = ({ text }: Suggestion) => text.toLowerCase().startsWith(part.toLowerCase());
  return [...found.filter(begins), ...found.filter((one) => !begins(one))]
    .filter(({ value }) => value?.toLowerCase() !== part.toLowerCase())
    .slice(0, most);
}

function valuesOf(name: TermName, part: string, { facets, counts }: Known): Suggestion[] {
  if (name === "status") {
    return keyListStatuses.map((status) => ({
      ...{ name, value: status, text: status, about: statusWords[status], keys: counts[status] ?? null },
    }));
  }
  const values = facets?.values ?? [];
  switch (name) {
    case "creator":
      return values.map(({ text, name: person, keys }) => suggest(name, text, person ?? text, text, keys));
    case "namespace":
      return values.map(ofNamespace);
    case "label":
      return [
        ...labelNames(values),
        ...values.map(({ value, keys }) => suggest(name, value, value, "", keys)),
      ];
    case "created":
    case "used":
    case "expires": {
      const known = values.map(({ value, keys }) =>
        suggest(name, value, value, timeWords(name, value), keys),
      );
      const typed = distancesFrom(part).filter((value) => !values.some((one) => one.value === value));
      return [...known, ...typed.map((value) => suggest(name, value, value, timeWords(name, value), null))];
    }
    default:
      return values.map(({ value, name: title, keys }) =>
        suggest(name, value, value, title ?? wordsOf(name, value), keys),
      );
  }
}

function suggest(name: TermName, value: string, text: string, about: string, keys: KeyCount | null) {
  return { name, value, text, about: about === text ? "" : about, keys };
}

/** Completes with `text`: the name, or the id if the name is ambiguous. */
function ofNamespace({ value, name, text, keys }: KeyFacet) {
  const type = namespaceTypes.find((one) => value.startsWith(one)) ?? "organization";
  return suggest("namespace", text, name ?? text, namespaceWords[type].toLowerCase(), keys);
}

/** The names of the labels found, each matching any value. Counts add up, since a key has one value per name. */
function labelNames(values: readonly KeyFacet[]): Suggestion[] {
  const counts = new Map<string, KeyCount>();
  for (const { value, keys } of values) {
    const name = value.slice(0, value.indexOf("="));
    const { count, isAll } = counts.get(name) ?? { count: 0, isAll: true };
    counts.set(name, { count: count + keys.count, isAll: isAll && keys.isAll });
  }
  return [...counts].map(([name, keys]) => suggest("label", name, name, "any value", keys));
}

function timeWords(kind: FilterKind, value: string): string {
  const { is, value: words } = filterWords(kind, value, {});
  return is === "is" ? "" : `${is} ${words}`;
}

/** The value's label in the filter panel; empty if it is the same word. */
function wordsOf(kind: FilterKind, value: string): string {
  const words = filterWords(kind, value, {}).value;
  return words.toLowerCase() === value.toLowerCase() ? "" : words;
}
