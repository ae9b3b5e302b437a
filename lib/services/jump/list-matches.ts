import { maySeeAllKeys, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import { effectiveEnd } from "@/lib/core/keys/effective-end";
import type { KeyStatus } from "@/lib/core/keys/key-status";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { searchText } from "@/lib/core/search-text";
import { keyListInput } from "@/lib/schemas/key-list";
import type { JumpInput } from "@/lib/schemas/list";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "@/lib/services/access/key-manager";
import { listKeys, listOwnKeys } from "@/lib/services/keys/read/list-keys";
import { readKey } from "@/lib/services/keys/read/read-key";
import { listMembers } from "@/lib/services/members/list-members";
import { listResources } from "@/lib/services/resources/list-resources";
import { listRoles } from "@/lib/services/roles/list-roles";
import { readTokenKey, type TokenSecret } from "./read-token-key";

/** The key that a pasted token belongs to. */
export type TokenMatch = {
  readonly id: string;
  readonly name: string;
  readonly status: KeyStatus;
  /** When it was revoked or expired; null while it has not ended. */
  readonly endedAt: Date | null;
  readonly secret: TokenSecret;
  /** The version of the key's current secret, which changes with each roll. */
  readonly secretVersion: number;
};

export type Matches = {
  readonly token: TokenMatch | null;
  readonly keys: readonly { readonly id: string; readonly name: string; readonly status: KeyStatus }[];
  readonly members: readonly { readonly id: string; readonly name: string; readonly email: string }[];
  readonly applications: readonly { readonly id: string; readonly name: string }[];
  readonly roles: readonly { readonly id: string; readonly title: string }[];
};

/** The maximum number of matches of each kind. */
const mostShown = 5;

/**
 * The matches of the command menu: the best few of each kind that this person may see, each read by its own list's
 * verb.
 */
export async function listMatches(context: MemberContext, { text }: JumpInput): Promise<Result<Matches>> {
  const page = keyListInput.safeParse({ search: searchText(text), status: "all", pageSize: 10 });
  const token = await readToken(context, text);
  // A token is not a name, so it finds nothing else.
  if (token !== null || !page.success || page.data.search === "") return success({ ...nothing, token });
  const list = { search: page.data.search, page: 1, pageSize: 10 } as const;
  const [keys, members, applications, roles] = await Promise.all([
    page.data.search.length < 2 ? null : listKeysOf(context)(context, page.data),
    listMembers(context, list),
    listResources(context, { ...list, type: "application", applicationId: null }),
    listRoles(context, list),
  ]);
  return success({
    token,
    keys: few(keys, ({ id, name, status }) => ({ id, name, status })),
    members: few(members, ({ id, name, email }) => ({ id, name, email })),
    applications: few(applications, ({ id, name }) => ({ id, name })),
    roles: few(roles, ({ id, title }) => ({ id, title })),
  });
}

const nothing = { keys: [], members: [], applications: [], roles: [] } as const;

function listKeysOf(context: MemberContext) {
  return maySeeAllKeys(keyManager(context)) ? listKeys : listOwnKeys;
}

/** The first rows of a list; none if the person may not see the list. */
function few<Row, Shown>(
  answer: Result<{ readonly rows: readonly Row[] }> | null,
  shown: (row: Row) => Shown,
): Shown[] {
  return answer?.ok ? answer.value.rows.slice(0, mostShown).map(shown) : [];
}

/**
 * Returns nothing to people who see no keys, so that a token does not even tell them whether it is one of this
 * organization's.
 */
async function readToken(context: MemberContext, text: string): Promise<TokenMatch | null> {
  if (!maySeeOwnKeys(keyManager(context)) && !maySeeAllKeys(keyManager(context))) return null;
  const found = await readTokenKey(context, text);
  if (found === null) return null;
  const key = await readKey(context, found.keyId);
  if (!key.ok) return null;
  const { id, name, status, revokedAt, secretVersion } = key.value;
  const endedAt = status === "revoked" ? revokedAt : status === "expired" ? effectiveEnd(key.value) : null;
  return { id, name, status, endedAt, secret: found.secret, secretVersion };
}
