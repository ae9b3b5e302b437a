import { randomBytes, randomUUID } from "node:crypto";
import { builtInRoles } from "@/lib/core/access/role";
import type { KeySnapshot } from "@/lib/core/keys/verdict";

/** A live key of an organization, with one secret, as the database would return it. */
export function keySnapshot(
  over: Partial<KeySnapshot> & Pick<KeySnapshot, "id" | "organizationId">,
): KeySnapshot {
  const { id, organizationId } = over;
  return {
    name: `Key ${id}`,
    subject: null,
    metadata: null,
    type: "secret",
    accessLevel: "ADMIN",
    namespace: { type: "organization", id: organizationId },
    roles: builtInRoles.slice(0, 1),
    creatorId: "ana",
    creatorLevel: "OWNER",
    keyCreators: "OWNER",
    maximumLifetimeDays: null,
    createdAt: new Date("2026-01-01T00:00:00.000Z"),
    expiresAt: null,
    pausedAt: null,
    revokedAt: null,
    deletedAt: null,
    allowedAddresses: [],
    rateLimit: null,
    secrets: [{ id: randomUUID(), hash: randomBytes(32), pepperVersion: 1, endsAt: null }],
    ...over,
  };
}
