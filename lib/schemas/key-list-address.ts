import { z } from "zod";
import { keyListDefaults as defaults } from "@/lib/core/key-list-state";
import { searchText } from "@/lib/core/search-text";
import { type KeyListInput, keyListInput } from "./key-list";

const { status, sort, direction, page, pageSize, search } = keyListInput.shape;

/** An address is typed, cut and kept for years: what of it makes no sense is as if it were not there. */
const lenient = z.object({
  status: status.catch(defaults.status),
  sort: sort.catch(defaults.sort),
  direction: direction.catch(defaults.direction),
  page: z.preprocess(Number, page).catch(defaults.page),
  pageSize: z.preprocess(Number, pageSize).catch(defaults.pageSize),
});

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

type KeyListAddress = {
  readonly list: KeyListInput;
  /** Why the search cannot be made; a search is never left out in silence, or it would seem to find all. */
  readonly searchFault: string | null;
};

/** The state of the API keys page from the parameters of its address. */
export function keyListFromAddress(parameters: Parameters): KeyListAddress {
  const first = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  const searched = search.safeParse(first.search);
  return {
    list: { ...lenient.parse(first), search: searched.success ? searchText(searched.data) : defaults.search },
    searchFault: searched.success
      ? null
      : (searched.error.issues[0]?.message ?? "This cannot be searched for"),
  };
}
