import { inTransaction } from "@/lib/db/client";
import type { OrganizationId, Origin, SystemActor } from "@/lib/services/access/context";
import { lockKeyCreators } from "@/lib/services/access/lock-key-creators";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { revocation, revocationFacts } from "@/lib/services/keys/revocation";
import { endKeysOfTokens, keysMadeByTokensOf } from "@/lib/services/tokens/end-keys-of-families";
import { withoutTokenText } from "./without-token-text";

/** A secret of a key, and where its token was found. */
export type Leak = {
  readonly keyId: string;
  readonly secretId: string;
  readonly places: readonly { readonly url: string; readonly source: string }[];
};

export type LeakedKey = {
  readonly id: string;
  readonly name: string;
  readonly creatorId: string;
  readonly urls: readonly string[];
};

/** Of where one key was found, what an entry tells. */
const toldUrls = 10;

/**
 * Revokes those of an organization's keys that still live, of which a secret that works was found in public;
 * the other one too, during a roll: whoever had one of them could have rolled the key by it.
 *
 * @param organizationId of a key whose token was presented, which proves it
 * @returns the keys that this revoked
 */
export async function revokeLeakedKeys(
  organizationId: string,
  leaks: readonly Leak[],
  reporter: string,
  origin: Origin,
): Promise<LeakedKey[]> {
  const actor: SystemActor = { kind: "system", name: reporter };
  const context = { organization: { id: organizationId as OrganizationId }, actor, origin };
  const { at } = origin;
  return inTransaction(async (transaction) => {
    // The entry refers to the organization, which whoever changes it holds while waiting for what we hold.
    await lockKeyCreators(transaction, context.organization.id);
    const keyIds = await keysMadeByTokensOf(
      transaction,
      context.organization.id,
      leaks.map(({ keyId }) => keyId),
    );
    await transaction.$queryRaw`
      SELECT 1 FROM api_keys WHERE organization_id = ${organizationId}::uuid AND id = ANY(${keyIds})
      ORDER BY id FOR UPDATE`;
    // Read after the lock, by a statement of its own: it sees what the one before us committed.
    const keys = await transaction.apiKey.findMany({
      where: {
        organizationId,
        revokedAt: null,
        AND: [
          { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
          {
            secrets: {
              some: {
                id: { in: leaks.map(({ secretId }) => secretId) },
                OR: [{ endsAt: null }, { endsAt: { gt: at } }],
              },
            },
          },
        ],
      },
      orderBy: { id: "asc" },
    });
    const leaked = keys.map(({ id, name, creatorId }) => ({ id, name, creatorId, ...placesOf(id, leaks) }));
    const [first, ...others] = leaked;
    if (first === undefined) return [];
    await transaction.apiKey.updateMany({
      where: { organizationId, id: { in: keys.map(({ id }) => id) } },
      data: revocation(context, "leaked"),
    });
    const byTokens = await endKeysOfTokens(
      transaction,
      context,
      leaked.map(({ id }) => id),
      "policy",
    );
    const factsOf = ({ urls, sources, ...key }: typeof first) => {
      const { details, ...facts } = revocationFacts(key, "leaked");
      return { ...facts, details: { ...details, urls, sources } };
    };
    await recordAuditEntry(transaction, context, factsOf(first), ...others.map(factsOf), ...byTokens);
    return leaked;
  });
}

/** An address is not ours and was found beside a token: no token stays in it, and nothing that no text may hold. */
function placesOf(keyId: string, leaks: readonly Leak[]) {
  const places = leaks.filter((leak) => leak.keyId === keyId).flatMap((leak) => leak.places);
  const distinct = (texts: readonly string[]) =>
    [...new Set(texts.map((text) => withoutTokenText(text)).filter((text) => text !== ""))].slice(
      0,
      toldUrls,
    );
  return {
    urls: distinct(places.map(({ url }) => url)),
    sources: distinct(places.map(({ source }) => source)),
  };
}
