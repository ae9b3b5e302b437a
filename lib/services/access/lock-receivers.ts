import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { KeyTransfers } from "@/lib/schemas/member";
import type { ActingContext } from "./key-context";
import { lockLevelInNamespace, namespaceOfKey } from "./level-in-namespace";

/**
 * Locks the level of each receiver in the namespace of the key they will get, until the transaction ends. Like
 * generating a key, this locks grants before keys. A key's namespace never changes.
 *
 * @param theirs selects the keys that can be transferred
 */
export async function lockReceivers(
  transaction: Transaction,
  { organization }: ActingContext,
  theirs: Prisma.ApiKeyWhereInput,
  transfers: KeyTransfers,
): Promise<(key: { readonly id: string }, userId: string) => AccessLevel | null> {
  const keys = await transaction.apiKey.findMany({
    where: { ...theirs, id: { in: transfers.map(({ keyId }) => keyId) } },
  });
  const namespaces = new Map(keys.map((key) => [key.id, namespaceOfKey(key)]));
  const wanted = transfers
    .flatMap(({ keyId, toUserId }) => {
      const namespace = namespaces.get(keyId);
      return namespace === undefined ? [] : [{ place: `${namespace.id} ${toUserId}`, namespace, toUserId }];
    })
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const levels = new Map<string, AccessLevel | null>();
  for (const { place, namespace, toUserId } of wanted) {
    if (levels.has(place)) continue;
    levels.set(place, await lockLevelInNamespace(transaction, organization.id, toUserId, namespace));
  }
  return ({ id }, userId) => levels.get(`${namespaces.get(id)?.id} ${userId}`) ?? null;
}
