import type { z } from "zod";
import { keyListInput } from "./key-list";
import { keyListFromAddress } from "./key-list-address";

/** The state of a list with search and paging, as in its page's URL. */
export const listInput = keyListInput.pick({ search: true, page: true, pageSize: true });
export type ListInput = z.infer<typeof listInput>;

/** Reads a list's state from its page's URL parameters, with the same rules as for the API keys, but no filters. */
export function listFromAddress(parameters: Parameters<typeof keyListFromAddress>[0]): {
  readonly list: ListInput;
  readonly searchFault: string | null;
} {
  const { subject: _, label: __, ...others } = parameters;
  const { list, searchFault } = keyListFromAddress(others);
  const { search, page, pageSize } = list;
  return { list: { search, page, pageSize }, searchFault };
}
