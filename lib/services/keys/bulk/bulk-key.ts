import { createHash } from "node:crypto";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";

type Columns =
  | ("id" | "organizationId" | "name" | "accessLevel" | "creatorId" | "version")
  | ("namespaceType" | "applicationId" | "workspaceId" | "userGroupId")
  | ("createdAt" | "expiresAt" | "pausedAt" | "revokedAt" | "deletedAt" | "lastUsedAt");

/** The columns that a bulk change depends on. */
export type BulkKey = Pick<ApiKeyModel, Columns>;

/**
 * Reads the keys `k` that meet the condition, including pauses and ends that have yet to be written to their rows. Raw
 * SQL, since a dialog waits for thousands of keys.
 */
export function readBulkKeys(
  transaction: Transaction,
  condition: Prisma.Sql,
  limit: number,
): Promise<BulkKey[]> {
  return transaction.$queryRaw<BulkKey[]>`
    SELECT k.id, k.organization_id::text AS "organizationId", k.name, k.access_level::text AS "accessLevel",
      k.creator_id::text AS "creatorId", k.version, k.namespace_type::text AS "namespaceType",
      k.application_id::text AS "applicationId", k.workspace_id::text AS "workspaceId",
      k.user_group_id::text AS "userGroupId", k.created_at AS "createdAt", k.expires_at AS "expiresAt",
      CASE WHEN pause.verb IS NULL THEN k.paused_at WHEN pause.verb = 'pause' THEN pause.at END AS "pausedAt",
      coalesce(k.revoked_at, ending.at) AS "revokedAt", k.deleted_at AS "deletedAt", k.last_used_at AS "lastUsedAt"
    FROM api_keys k
    LEFT JOIN LATERAL (SELECT f.verb, f.at FROM follow_up_keys p JOIN follow_ups f ON f.id = p.follow_up_id
      WHERE p.key_id = k.id AND f.verb <> 'revoke' ORDER BY f.position DESC LIMIT 1) pause ON TRUE
    LEFT JOIN LATERAL (SELECT f.at FROM follow_up_keys p JOIN follow_ups f ON f.id = p.follow_up_id
      WHERE p.key_id = k.id AND f.verb = 'revoke' ORDER BY f.position LIMIT 1) ending ON TRUE
    WHERE ${condition} ORDER BY k.id LIMIT ${limit}`;
}

/**
 * A fingerprint of what a dry run showed of a key: its settings and roles, its pause and its creator. If it differs,
 * the key was changed since. It leaves out the key's end and the person's rights, which are checked again anyway.
 */
export function seenOf({ id, version, pausedAt, creatorId }: BulkKey): string {
  const facts = JSON.stringify([id, version, pausedAt?.getTime() ?? null, creatorId]);
  return createHash("sha256").update(facts).digest("base64url").slice(0, 16);
}

/** The condition that selects these keys of an organization, unless they are deleted. */
export function keysNamed(organizationId: string, ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`k.organization_id = ${organizationId}::uuid AND k.deleted_at IS NULL AND k.id = ANY(${[...ids]})`;
}
