import { keyListFromAddress } from "./key-list-address";
import type { ListInput } from "./list";

/** The state of a list from the parameters of its page's address, read as that of the API keys is. */
export function listFromAddress(parameters: Parameters<typeof keyListFromAddress>[0]): {
  readonly list: ListInput;
  readonly searchFault: string | null;
} {
  const { list, searchFault } = keyListFromAddress(parameters);
  const { search, page, pageSize } = list;
  return { list: { search, page, pageSize }, searchFault };
}
