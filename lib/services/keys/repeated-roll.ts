import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { ActingContext } from "@/lib/services/access/key-context";

const repeatedWithinMs = 60_000;

/**
 * For a roll that names no version. If the same caller rolled this key within the last minute, this is most likely a
 * retry after a lost response. A second roll would end the secret that the first one kept alive.
 */
export async function refuseRepeatedRoll(
  transaction: Transaction,
  { actor, organization, origin }: ActingContext,
  { id, version }: ApiKeyModel,
): Promise<Failure | null> {
  const rolled = await transaction.auditEntry.findFirst({
    where: {
      organizationId: organization.id,
      targetId: id,
      action: "key.rolled",
      at: { gt: new Date(origin.at.getTime() - repeatedWithinMs) },
      ...(actor.kind === "user" ? { actorUserId: actor.userId } : { actorKeyId: actor.keyId }),
    },
    select: { at: true },
    orderBy: { sequence: "desc" },
  });
  if (rolled === null) return null;
  const seconds = Math.max(0, Math.round((origin.at.getTime() - rolled.at.getTime()) / 1000));
  return failure(
    "conflict",
    `You rolled this API key ${seconds} s ago, so this looks like the same request sent again. ` +
      `Its version is ${version} now; name it to roll the key once more.`,
    [{ field: "version", message: `The version is ${version} now` }],
  );
}
