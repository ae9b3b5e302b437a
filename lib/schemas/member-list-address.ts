import { keyListFromAddress } from "./key-list-address";
import { type MemberListInput, memberListInput } from "./member";

/** The state of the members page from the parameters of its address, read as that of the API keys is. */
export function memberListFromAddress(parameters: Parameters<typeof keyListFromAddress>[0]): {
  readonly list: MemberListInput;
  readonly searchFault: string | null;
} {
  const { list, searchFault } = keyListFromAddress(parameters);
  const { search, page, pageSize } = list;
  return { list: memberListInput.parse({ search, page, pageSize }), searchFault };
}
