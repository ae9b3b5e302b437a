import { randomBytes, randomUUID } from "node:crypto";
import { builtInRole } from "@/lib/core/access/role";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { randomKeyId } from "@/lib/token/format";
import { KeyCache } from "@/lib/verify/memory/key-cache";

// Run by itself with --expose-gc: remembers as many keys as its argument says, and says what that took.

const count = Number(process.argv[2]);
const organizations = 100;
const role = builtInRole("read_only");
if (role === undefined || globalThis.gc === undefined) throw new Error("Run it with --expose-gc");
const collect = globalThis.gc;
const ofOrganization = Array.from({ length: organizations }, () => ({
  ...{ organizationId: randomUUID(), creatorId: randomUUID() },
}));

/** As a driver makes it from bytes: text that was put together of pieces keeps the pieces. */
const fromBytes = (text: string) => Buffer.from(text).toString("latin1");

/** As it comes from the database: no string or array is shared between keys. */
function snapshot(index: number): KeySnapshot {
  const { organizationId, creatorId } = ofOrganization[index % organizations] ?? {
    organizationId: "",
    creatorId: "",
  };
  return {
    id: fromBytes(randomKeyId()),
    organizationId,
    name: fromBytes(`Service ${index}`),
    type: "secret",
    accessLevel: "MEMBER",
    namespace: { type: "organization", id: organizationId },
    roles: role === undefined ? [] : [role],
    creatorId,
    creatorLevel: "OWNER",
    keyCreators: "OWNER",
    expiresAt: index % 2 === 0 ? null : new Date(Date.now() + index * 1000),
    revokedAt: null,
    deletedAt: null,
    allowedAddresses: [],
    rateLimit: null,
    secrets: [{ id: randomUUID(), hash: randomBytes(32), pepperVersion: 1, endsAt: null }],
  };
}

/** Two generations of a half each, so that all fit. */
const cache = new KeyCache(2 * count + 2);
collect();
const before = process.memoryUsage();
for (let index = 0; index < count; index++) {
  const key = snapshot(index);
  cache.set(key.id, key);
}
collect();
const after = process.memoryUsage();
if (cache.size !== count) throw new Error(`It remembers ${cache.size} of ${count}`);
const bytes = after.heapUsed + after.external - before.heapUsed - before.external;
process.stdout.write(JSON.stringify({ bytesPerKey: bytes / count, residentMb: after.rss / 2 ** 20 }));
