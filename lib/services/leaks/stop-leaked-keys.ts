import { inTransaction } from "@/lib/db/client";
import type { OrganizationId, Origin, SystemActor } from "@/lib/services/access/context";
import { lockKeyRows } from "@/lib/services/access/lock-key-rows";
import { lockKeyCreators } from "@/lib/services/access/lock-membership";
import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { settleKeys } from "@/lib/services/keys/follow-up/write-follow-up";
import { heirsOf } from "@/lib/services/keys/own-rolls";
import { pauseLeaked } from "@/lib/services/keys/pause-key";
import { revocation, revocationFacts } from "@/lib/services/keys/revocation";
import { endKeysOfTokens, keysMadeByTokensOf } from "@/lib/services/tokens/end-keys-of-tokens";
import { withoutTokenText } from "./without-token-text";

/** A secret of a key, and where its token was found. */
export type Leak = {
  readonly keyId: string;
  readonly secretId: string;
  readonly places: readonly { readonly url: string; readonly source: string }[];
};

/** What the secrets are: they work, or ended when the key rolled itself. */
export type LeakedSecrets = "working" | "ended";

export type LeakedKey = {
  /** Whether the key was paused, as its organization prefers, instead of revoked. */
  readonly isPaused: boolean;
  readonly id: string;
  readonly name: string;
  readonly creatorId: string;
  readonly urls: readonly string[];
};

/** How many URLs the audit entry lists per key. */
const toldUrls = 10;

/**
 * Revokes an organization's live keys for which a working secret was found in public, or pauses them if the
 * organization prefers that. During a roll this stops both secrets, since anyone with one of them could have rolled the
 * key. A key that is already paused for a leak stays as it is; once resumed, it can be paused again.
 *
 * A key whose ended secret was found is paused if it rolled itself away from that one and still works with what it got:
 * whoever found the secret first may have done that. It is not revoked, since somebody may only hold an old secret of a
 * key that rotates itself.
 *
 * @param organizationId the organization of a key whose token was presented, which proves it
 * @returns the keys that this call stopped
 */
export async function stopLeakedKeys(
  organizationId: string,
  leaks: readonly Leak[],
  reporter: string,
  origin: Origin,
  secrets: LeakedSecrets = "working",
): Promise<LeakedKey[]> {
  const actor: SystemActor = { kind: "system", name: reporter };
  const context = { organization: { id: organizationId as OrganizationId }, actor, origin };
  const { at } = origin;
  return inTransaction(async (transaction) => {
    // The audit entry references the organization. Lock it first: a transaction that changes it could otherwise hold it
    // and wait for our locks.
    await lockKeyCreators(transaction, context.organization.id);
    const { pauseLeakedKeys } = await transaction.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { pauseLeakedKeys: true },
    });
    const isPaused = pauseLeakedKeys || secrets === "ended";
    const leakedIds = leaks.map(({ keyId }) => keyId);
    const keyIds = await keysMadeByTokensOf(transaction, context.organization.id, leakedIds);
    await lockKeyRows(transaction, organizationId, keyIds);
    await settleKeys(transaction, context.organization.id, leakedIds);
    const found = leaks.map(({ secretId }) => secretId);
    const secretIds =
      secrets === "working" ? found : await heirsOf(transaction, organizationId, leakedIds, found, at);
    // A separate statement after the lock sees what the previous holder committed.
    const keys = await transaction.apiKey.findMany({
      where: {
        organizationId,
        revokedAt: null,
        AND: [
          ...(isPaused ? [{ OR: [{ pausedAt: null }, { pausedById: { not: null } }] }] : []),
          // Only their own expiry counts: the maximum lifetime can be raised.
          { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
          {
            secrets: {
              some: {
                id: { in: secretIds },
                OR: [{ endsAt: null }, { endsAt: { gt: at } }],
              },
            },
          },
        ],
      },
      orderBy: { id: "asc" },
    });
    const leaked = keys.map(({ id, name, creatorId }) => ({
      ...{ id, name, creatorId, isPaused },
      ...placesOf(id, leaks),
    }));
    const [first, ...others] = leaked;
    const [firstKey, ...otherKeys] = keys;
    if (first === undefined || firstKey === undefined) return [];
    const places = new Map(leaked.map(({ id, urls, sources }) => [id, { urls, sources }]));
    if (isPaused) {
      const ended: AuditDetails = secrets === "ended" ? { rolledItself: true } : {};
      const paused = await pauseLeaked(transaction, context, [firstKey, ...otherKeys]);
      const [one, ...more] = paused.map(({ details, ...facts }) => ({
        ...facts,
        // Other keys were paused along with the key whose tokens created them.
        details: places.has(facts.target.id)
          ? { ...details, reason: "leaked", ...ended, ...places.get(facts.target.id) }
          : details,
      }));
      if (one !== undefined) await recordAuditEntry(transaction, context, one, ...more);
      return leaked;
    }
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
    const factsOf = (key: typeof first) => {
      const { details, ...facts } = revocationFacts(key, "leaked");
      return { ...facts, details: { ...details, ...places.get(key.id) } };
    };
    await recordAuditEntry(transaction, context, factsOf(first), ...others.map(factsOf), ...byTokens.entries);
    return leaked;
  });
}

/** Sanitizes URLs, which come from outside: removes tokens and characters that the database rejects. */
export function placesOf(keyId: string, leaks: readonly Leak[]) {
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
