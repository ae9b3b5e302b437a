import { randomBytes, randomUUID } from "node:crypto";
import { builtInRole } from "@/lib/core/access/role";
import { JsonText } from "@/lib/core/json/json-text";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { randomKeyId } from "@/lib/token/format";
import { KeyCache } from "@/lib/verify/memory/key-cache";

// Run as a separate process with --expose-gc. Caches as many keys as the first argument says, with as many different
// metadata texts of 500 bytes as the second says (0: none), and prints the memory used.

const [count = 0, metadata = 0] = process.argv.slice(2).map(Number);
const metadataBytes = 500;
const organizations = 100;
const role = builtInRole("read_only");
if (role === undefined || globalThis.gc === undefined) throw new Error("Run it with --expose-gc");
const collect = globalThis.gc;
const ofOrganization = Array.from({ length: organizations }, () => ({
  ...{ organizationId: randomUUID(), creatorId: randomUUID() },
}));

/** Builds a flat string, as drivers do from bytes: a concatenated string would keep its parts in memory. */
const fromBytes = (text: string) => Buffer.from(text).toString("latin1");

function written(number: number): string {
  const start = `{"plan":"pro","number":${number},"note":"`;
  return fromBytes(`${start.padEnd(metadataBytes - 2, "x")}"}`);
}

/** Like a row from the database: keys share no strings or arrays. */
function snapshot(index: number): KeySnapshot {
  const { organizationId, creatorId } = ofOrganization[index % organizations] ?? {
    organizationId: "",
    creatorId: "",
  };
  return {
    id: fromBytes(randomKeyId()),
    organizationId,
    name: fromBytes(`Service ${index}`),
    subject: null,
    metadata: metadata === 0 ? null : JsonText.of(written(index % metadata)),
    type: "secret",
    accessLevel: "MEMBER",
    namespace: { type: "organization", id: organizationId },
    roles: role === undefined ? [] : [role],
    creatorId,
    creatorLevel: "OWNER",
    keyCreators: "OWNER",
    maximumLifetimeDays: null,
    createdAt: new Date(Date.now() - index * 1000),
    expiresAt: index % 2 === 0 ? null : new Date(Date.now() + index * 1000),
    pausedAt: null,
    revokedAt: null,
    deletedAt: null,
    allowedAddresses: [],
    rateLimit: null,
    secrets: [{ id: randomUUID(), hash: randomBytes(32), pepperVersion: 1, endsAt: null }],
  };
}

/** Large enough that nothing is evicted, even with different metadata for each key. */
const cache = new KeyCache(10 * count);
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
