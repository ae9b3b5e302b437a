import { mayManageKey } from "@/lib/core/access/manage-keys";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "./key-row";
import type { KeyImpact } from "./key-view";
import { wasSecretUsed } from "./was-secret-used";

const dayMs = 24 * 60 * 60 * 1000;

/** What a revocation, a roll or a deletion of this key would affect. */
export async function readKeyImpact(
  context: MemberContext,
  { keyId }: { keyId: string },
): Promise<Result<KeyImpact>> {
  const key = await database().apiKey.findFirst({
    where: { id: keyId, organizationId: context.organization.id, deletedAt: null },
  });
  if (key === null || !mayManageKey(keyManager(context), "read", key)) {
    return failure("not_found", "There is no such API key.");
  }
  return success(await readImpact(key, context.origin.at));
}

/**
 * Counts successful calls only: those that would fail from now on. Calls are stored per hour; this sums the current
 * hour and the 23 before it.
 */
export async function readImpact(key: ApiKeyModel, now: Date): Promise<KeyImpact> {
  const { _sum } = await database().apiKeyUsageHour.aggregate({
    where: {
      organizationId: key.organizationId,
      keyId: key.id,
      outcome: "VALID",
      hour: { gt: new Date(now.getTime() - dayMs) },
    },
    _sum: { calls: true },
  });
  const { lastUsedAt, lastUsedAddress, lastUsedClient } = key;
  const currentSecretUsed = await wasSecretUsed(database(), key);
  const previous = await database().apiKeySecret.findFirst({
    where: { organizationId: key.organizationId, keyId: key.id, endsAt: { gt: now } },
    orderBy: { version: "desc" },
    select: { lastUsedAt: true },
  });
  return {
    callsLast24Hours: _sum.calls ?? 0,
    lastUsedAt,
    lastUsedAddress,
    lastUsedClient,
    currentSecretUsed,
    previousSecretUsedAt: previous?.lastUsedAt ?? null,
  };
}
