import { useParams } from "next/navigation";
import { useEffect, useState } from "react";
import { readKeyFacets } from "@/lib/actions/keys";
import type { FilterKind, KeyFilters } from "@/lib/core/keys/filter/key-filters";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { KeyFacets } from "@/lib/services/keys/filter/key-facets";

const typingPauseMs = 150;

type AskedFacets = {
  readonly kind: FilterKind | null;
  readonly find: string;
  readonly list: Pick<KeyListInput, "search" | "filters" | "status">;
  readonly own: boolean;
};

type ShownFacets = { readonly facets: KeyFacets | null; readonly failed: Failure | null };

const nothing: ShownFacets = { facets: null, failed: null };

const unreachable = failure(
  "internal",
  "The values could not be loaded. Check your connection and try again.",
);

/** Loads the values of a filter; nothing if `kind` is null. Outdated responses are ignored. */
export function useFacets({ kind, find, list, own }: AskedFacets): ShownFacets {
  const { organization } = useParams<{ organization: string }>();
  const [shown, setShown] = useState<ShownFacets & { of: FilterKind | null }>({ ...nothing, of: null });
  // Ignore this filter's own values when counting, so that choosing one does not change the counts under the pointer.
  const others = JSON.stringify({ ...list.filters, ...(kind && { [kind]: undefined }) });
  const { search, status } = list;
  useEffect(() => {
    if (kind === null) return;
    let isCurrent = true;
    const ask = async () => {
      const filters = JSON.parse(others) as Record<string, string[]> & KeyFilters;
      const answer = await readKeyFacets(organization, {
        list: { search, status, filters: filters as Record<FilterKind, string[]> },
        ...{ kind, find, own },
      }).catch(() => unreachable);
      if (!isCurrent) return;
      const told = answer.ok ? { ...nothing, facets: answer.value } : { ...nothing, failed: answer };
      setShown({ ...told, of: kind });
    };
    const timer = setTimeout(() => void ask(), find === "" ? 0 : typingPauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [organization, kind, find, others, search, status, own]);
  return shown.of === kind ? shown : nothing;
}
