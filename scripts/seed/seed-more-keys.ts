import type { AccessLevel } from "@/lib/core/access/access-level";
import { lowerOf } from "@/lib/core/access/access-level";
import type { Resource } from "@/lib/core/access/resource";
import { database, inTransaction } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { insertKey } from "@/lib/services/keys/insert-key";
import { creatorOf } from "./seed-keys";
import type { ActAs } from "./seed-result";

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const batch = 100;
const teams = ["billing", "checkout", "fleet", "search", "warehouse"];
const levels = ["MEMBER", "MEMBER", "ADMIN", "OWNER"] as const;
const roles = [["read_only"], ["key_verifier"], ["full_access"], ["resource_manager"]];

/** Adds many keys to make a long list, a hundred per transaction. Each gets a day of usage, but no audit entry. */
export async function seedMoreKeys(actAs: ActAs, resources: readonly Resource[], count: number) {
  const now = new Date();
  const creators = {
    OWNER: await actAs("OWNER", now),
    ADMIN: await actAs("ADMIN", now),
    MEMBER: await actAs("MEMBER", now),
  };
  for (let from = 0; from < count; from += batch) {
    await addBatch(creators, resources, from, Math.min(count, from + batch));
  }
}

async function addBatch(
  creators: Readonly<Record<AccessLevel, MemberContext>>,
  resources: readonly Resource[],
  from: number,
  to: number,
) {
  const now = Date.now();
  const organizationId = creators.OWNER.organization.id;
  const made = await inTransaction(async (transaction) => {
    const keys = [];
    for (let index = from; index < to; index++) {
      const { actor, level } = creators[creatorOf(index)];
      const resource = index % 4 === 0 && level === "OWNER" ? resources[index % resources.length] : undefined;
      const createdAt = new Date(now - (2 + (index % 390)) * dayMs);
      const { id } = await insertKey(transaction, {
        ...{ organizationId, creatorId: actor.userId, createdAt, type: "secret" },
        name: `Robot ${String(index + 1).padStart(4, "0")}`,
        description: index % 3 === 0 ? "" : `Fleet gateway ${1 + (index % 90)}`,
        accessLevel: lowerOf(levels[index % levels.length] ?? "MEMBER", level),
        namespace: resource ?? { type: "organization", id: organizationId },
        roles: roles[index % roles.length] ?? [],
        expiresAt: index % 5 === 0 ? new Date(now + (1 + (index % 400)) * dayMs) : null,
        subject: index % 2 === 0 ? `acct_${4_100 + (index % 170)}` : null,
        labels: { team: teams[index % teams.length] ?? "" },
      });
      keys.push({ id, index });
    }
    return keys;
  });
  const used = made.filter(({ index }) => index % 6 !== 5);
  await addUsage(organizationId, used, now);
  const revoked = made.filter(({ index }) => index % 8 === 7).map(({ id }) => id);
  await database().apiKey.updateMany({
    where: { id: { in: revoked } },
    data: { revokedAt: new Date(now - hourMs), revocationReason: "person", liveCreatorId: null },
  });
}

/** How many days ago the keys were last used. Those used today have calls in each of the last 24 hours. */
const lastUses = [0.005, 0.02, 0.1, 0.4, 0.9, 3, 12, 40, 95, 200];

async function addUsage(
  organizationId: string,
  keys: readonly { readonly id: string; readonly index: number }[],
  now: number,
) {
  const thisHour = Math.floor(now / hourMs) * hourMs;
  for (const [place, daysAgo] of lastUses.entries()) {
    const used = keys.filter(({ index }) => index % lastUses.length === place);
    const lastUsedAt = new Date(now - daysAgo * dayMs);
    await database().apiKey.updateMany({
      where: { id: { in: used.map(({ id }) => id) }, createdAt: { lt: lastUsedAt } },
      data: { lastUsedAt, lastUsedAddress: "198.51.100.7", lastUsedClient: "node/20.19 fetch" },
    });
    if (daysAgo >= 1) continue;
    const rows = used.flatMap(({ id: keyId, index }) =>
      Array.from({ length: 24 }, (_, back) => ({
        ...{ organizationId, keyId, hour: new Date(thisHour - (back + 24 * daysAgo) * hourMs) },
        calls: 1 + Math.round((10 + (index % 50)) * (1 + Math.sin((back + index) / 4))),
      })),
    );
    await database().apiKeyUsageHour.createMany({
      data: rows.map((row) => ({ ...row, hour: new Date(Math.floor(row.hour.getTime() / hourMs) * hourMs) })),
    });
  }
}
