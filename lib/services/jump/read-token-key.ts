import { hasCome } from "@/lib/core/read-time";
import { searchText } from "@/lib/core/search-text";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { MemberContext } from "@/lib/services/access/context";
import { parseToken } from "@/lib/token/format";
import { importedText, mayBeImported, sha256Of } from "@/lib/token/imported-token";
import { organizationPeppers, tokenMatcher } from "@/lib/token/secret";
import { findImported } from "@/lib/verify/memory/find-imported";
import { onceLoaded } from "@/lib/verify/memory/loaded";

/**
 * Which of a key's secrets a token is. `ended`: it was rolled and its grace is over. `wrong`: it has the key's id, but
 * matches no secret. `cut`: it is incomplete. `named`: it is only a key id.
 */
export type TokenSecret = "current" | "previous" | "ended" | "wrong" | "cut" | "named";

export type FoundToken = { readonly keyId: string; readonly secret: TokenSecret };

/**
 * The key that a complete token belongs to, and which of its secrets it is. Null for text that is not a token, and for
 * an unknown imported token. Does not check who may see the key: the caller then reads it as the person.
 */
export async function readTokenKey(
  { organization, origin }: MemberContext,
  text: string,
): Promise<FoundToken | null> {
  const [, id] = /^\s*key_([0-9A-Za-z]{16})\s*$/.exec(text) ?? [];
  if (id !== undefined) return { keyId: id, secret: "named" };
  const [token = ""] = text.match(/\S{20,}/g) ?? [];
  const parsed = parseToken(token);
  if (parsed === null) {
    const [, cut] = /key_([0-9A-Za-z]{16})/.exec(searchText(text)) ?? [];
    if (cut !== undefined) return { keyId: cut, secret: "cut" };
    if (!mayBeImported(token)) return null;
  }
  const stored = parsed === null ? importedText(sha256Of(token)) : token;
  const keyId =
    parsed?.keyId ?? (await onceLoaded((loaded) => findImported(organization.id, sha256Of(token), loaded)));
  if (keyId === null) return null;
  const secrets = await database().apiKeySecret.findMany({
    where: { organizationId: organization.id, keyId },
    select: { hash: true, pepperVersion: true, endsAt: true },
    orderBy: { version: "desc" },
    take: 20,
  });
  const matches = tokenMatcher(stored, organizationPeppers(env().peppers, organization.id));
  const found = secrets.find(matches);
  if (found === undefined) return { keyId, secret: "wrong" };
  if (found.endsAt === null) return { keyId, secret: "current" };
  return { keyId, secret: hasCome(found.endsAt, origin.at) ? "ended" : "previous" };
}
