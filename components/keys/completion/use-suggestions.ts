import { useMemo } from "react";
import type { BegunTerm } from "@/lib/core/keys/filter/begun-term";
import type { FilterKind } from "@/lib/core/keys/filter/key-filters";
import { looksSecret } from "@/lib/core/secret-text";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { KeyPage } from "@/lib/services/keys/read/key-view";
import { useFacets } from "../filter/use-facets";
import { type Suggestion, suggestionsFor } from "./suggestions";

/** Filters whose values the server searches; it sends all values of the others. */
const found: readonly FilterKind[] = ["creator", "namespace", "role", "subject", "label"];
/** The list whose search is completed. */
export type CompletedList = {
  readonly list: KeyListInput;
  readonly counts: KeyPage["counts"];
  /** On a person's own page. */
  readonly own: boolean;
};

const findMaximum = 100;
const none: readonly Suggestion[] = [];

/** The completions of a term. A value that might be a secret is not sent to the server. */
export function useSuggestions(
  term: BegunTerm | null,
  { list, counts, own }: CompletedList,
): readonly Suggestion[] {
  const isAsked = term !== null && term.part.length <= findMaximum && !looksSecret(term.part);
  const kind = isAsked && term.name !== "status" ? term.name : null;
  const find = isAsked && kind !== null && found.includes(kind) ? term.part : "";
  const { facets } = useFacets({ kind, find, list, own });
  const [name, part] = [term?.name ?? null, isAsked ? term.part : null];
  return useMemo(
    () => (part === null ? none : suggestionsFor({ start: 0, name, part }, { facets, counts, own })),
    [name, part, facets, counts, own],
  );
}
