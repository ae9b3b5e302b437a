import { mayManageKey } from "@/lib/core/access/manage-keys";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "@/lib/services/access/key-manager";
import { readUseOfKeys } from "@/lib/services/keys/impact/keys-impact";
import type { KeyImpact } from "./key-view";
import type { KeyCaller } from "./usage/key-callers";
import { readKeyCallers } from "./usage/key-callers";
import { wasSecretUsed } from "./was-secret-used";

/** What revoking, rolling or deleting this key would affect. */
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

/** Counts successful calls, which would fail from now on. Callers also have their refused calls. */
export async function readImpact(key: ApiKeyModel, now: Date): Promise<KeyImpact> {
  const { organizationId } = key;
  const self = Prisma.sql`SELECT id, name, last_used_at FROM api_keys WHERE id = ${key.id}`;
  const { use } = await readUseOfKeys(self, { organizationId, now, rows: { from: 0, atMost: 0 } });
  const { hours } = use;
  const { lastUsedAt, lastUsedAddress, lastUsedClient } = key;
  const currentSecretUsed = await wasSecretUsed(database(), key);
  const previous = await database().apiKeySecret.findFirst({
    where: { organizationId: key.organizationId, keyId: key.id, endsAt: { gt: now } },
    orderBy: { version: "desc" },
    select: { lastUsedAt: true },
  });
  return {
    callsLast24Hours: hours.reduce((sum, hour) => sum + hour.calls, 0),
    hours,
    lastUsedAt,
    lastUsedAddress,
    lastUsedClient,
    callers: byPlace(await readKeyCallers(key, now)),
    currentSecretUsed,
    previousSecretUsedAt: previous?.lastUsedAt ?? null,
  };
}

/** One line per address and client, whichever of the key's secrets they use. */
function byPlace(callers: readonly KeyCaller[]): KeyImpact["callers"] {
  const places = new Map<string, KeyImpact["callers"][number]>();
  for (const { address, client, isRest, calls24Hours, refused24Hours, lastAt } of callers) {
    const place = JSON.stringify([address, client, isRest]);
    const known = places.get(place);
    const calls = (known?.calls ?? 0) + calls24Hours;
    const refused = (known?.refused ?? 0) + refused24Hours;
    const latest = known === undefined || known.lastAt < lastAt ? lastAt : known.lastAt;
    places.set(place, { address, client, isRest, calls, refused, lastAt: latest });
  }
  return [...places.values()].sort(
    (a, b) => Number(a.isRest) - Number(b.isRest) || b.calls - a.calls || b.refused - a.refused,
  );
}
