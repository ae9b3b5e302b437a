import { keyListFromAddress } from "./key-list-address";
import type { ListInput } from "./list";

/** Reads a list's state from its page's URL parameters, with the same rules as for the API keys. */
export function listFromAddress(parameters: Parameters<typeof keyListFromAddress>[0]): {
  readonly list: ListInput;
  readonly searchFault: string | null;
} {
  const { list, searchFault } = keyListFromAddress(parameters);
  const { search, page, pageSize } = list;
  return { list: { search, page, pageSize }, searchFault };
}
