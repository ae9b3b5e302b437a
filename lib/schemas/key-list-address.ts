import { z } from "zod";
import type { KeyFilters } from "@/lib/core/keys/filter/key-filters";
import { eachFilter, filterKinds, withFilter } from "@/lib/core/keys/filter/key-filters";
import { readStatus, readTypedSearch } from "@/lib/core/keys/filter/typed-search";
import { keyListDefaults as defaults } from "@/lib/core/keys/key-list-settings";
import { type KeyListInput, keyListFilters, keyListInput } from "./key-list";
import { type AddressParameters, firstOf, listFromAddress } from "./list";

const { sort, direction } = keyListInput.shape;

/** Users edit, truncate and bookmark URLs, so an invalid order is ignored. */
const lenient = z.object({
  sort: sort.catch(defaults.sort),
  direction: direction.catch(defaults.direction),
});

type KeyListAddress = {
  readonly list: KeyListInput;
  /** Why the search or a filter is invalid. It is never ignored, since the list would then show all keys. */
  readonly searchFault: string | null;
};

/**
 * Reads the state of the API keys page from its URL parameters. Each filter is a parameter that may repeat, and the
 * search text may contain further filters as terms.
 */
export function keyListFromAddress(parameters: AddressParameters): KeyListAddress {
  const { list, searchFault } = listFromAddress(parameters);
  const order = lenient.parse({ sort: firstOf(parameters.sort), direction: firstOf(parameters.direction) });
  const asked = filtersOf(parameters, list.search);
  return "fault" in asked || searchFault !== null
    ? {
        list: { ...list, ...order, ...unfiltered },
        searchFault: searchFault ?? ("fault" in asked ? asked.fault : null),
      }
    : { list: { ...list, ...order, ...asked }, searchFault: null };
}

const unfiltered = { search: defaults.search, filters: defaults.filters, status: defaults.status };

function filtersOf(
  parameters: AddressParameters,
  typed: string,
): Pick<KeyListInput, "search" | "filters" | "status"> | { readonly fault: string } {
  const status = readStatus(firstOf(parameters.status) ?? defaults.status);
  if ("fault" in status) return status;
  const read = readTypedSearch(typed);
  if ("fault" in read) return read;
  const inAddress = filterKinds.flatMap((kind) => {
    const values = parameters[kind];
    return values === undefined || values === "" ? [] : [[kind, [values].flat()] as const];
  });
  const chosen = keyListFilters.safeParse(Object.fromEntries(inAddress));
  if (!chosen.success) return { fault: faultOf(chosen.error) };
  const all = eachFilter(read.search.filters).reduce<KeyFilters>(
    (filters, { kind, value }) => withFilter(filters, kind, value),
    chosen.data,
  );
  const together = keyListFilters.safeParse(all);
  if (!together.success) return { fault: faultOf(together.error) };
  const { text: search, status: typedStatus } = read.search;
  return { search, filters: together.data, status: typedStatus ?? status.status };
}

function faultOf(error: z.ZodError): string {
  return error.issues[0]?.message ?? "This filter cannot be used";
}
