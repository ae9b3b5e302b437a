import { maximumFor } from "@/lib/core/keys/effective-end";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { KeySelection } from "@/lib/schemas/bulk/bulk-keys";
import type { MemberContext } from "@/lib/services/access/context";
import { seeSelectedKeys } from "../bulk/see-selected-keys";
import { type ExportedKey, keyCsvRow } from "./key-csv";

const pageSize = 1000;
const dayMs = 24 * 60 * 60 * 1000;

/** The last key of a page, after which the next one starts. */
export type ExportPosition = { readonly createdAt: Date; readonly id: string };

/** A page of an export as CSV; `next` is null on the last one. */
export type ExportedPage = { readonly text: string; readonly next: ExportPosition | null };

/**
 * One page of the keys that a list shows, or that were ticked in it, newest first. Each page continues after the
 * previous one's last key, so that a million keys take no more memory than a thousand, and is read with the person's
 * current rights.
 */
export async function readExportedKeys(
  context: MemberContext,
  selection: KeySelection,
  after: ExportPosition | null,
): Promise<Result<ExportedPage>> {
  const { organization, origin } = context;
  const seen = await seeSelectedKeys(context, selection);
  if (!seen.ok) return seen;
  const rest =
    after === null
      ? Prisma.empty
      : Prisma.sql`AND (k.created_at, k.id) < (${after.createdAt}::timestamptz, ${after.id})`;
  const rows = await database().$queryRaw<Omit<ExportedKey, "maximumLifetimeDays">[]>`
    WITH page AS MATERIALIZED (
      SELECT k.* FROM api_keys k WHERE ${seen.value} ${rest}
      ORDER BY k.created_at DESC, k.id DESC LIMIT ${pageSize}
    )
    SELECT k.id, k.name, k.description, k.type::text AS type, k.access_level::text AS "accessLevel",
      k.namespace_type::text AS "namespaceType", k.subject, k.labels, k.imported, k.created_at AS "createdAt",
      k.last_used_at AS "lastUsedAt", k.expires_at AS "expiresAt", k.paused_at AS "pausedAt",
      k.revoked_at AS "revokedAt", k.deleted_at AS "deletedAt", k.revocation_reason::text AS "revocationReason",
      k.allowed_addresses AS "allowedAddresses", k.rate_limit_requests AS "rateLimitRequests",
      k.rate_limit_seconds AS "rateLimitSeconds", u.name AS "creatorName", u.email AS "creatorEmail",
      coalesce(k.application_id, k.workspace_id, k.user_group_id, k.organization_id)::text AS "namespaceId",
      coalesce(a.name, w.name, g.name, ${organization.name}) AS place,
      coalesce(wa.name, ga.name) AS "placeWithin",
      ARRAY(SELECT coalesce(r.built_in_role_id, o.role_id) FROM api_key_roles r LEFT JOIN roles o ON o.id = r.role_id
        WHERE r.organization_id = k.organization_id AND r.key_id = k.id ORDER BY r.id) AS roles,
      coalesce((SELECT sum(h.calls) FROM api_key_usage_hours h WHERE h.organization_id = k.organization_id
        AND h.key_id = k.id AND h.outcome = 'VALID'
        AND h.hour > ${new Date(origin.at.getTime() - dayMs)}::timestamptz), 0)::float8 AS calls,
      (SELECT max(s.ends_at) FROM api_key_secrets s WHERE s.organization_id = k.organization_id
        AND s.key_id = k.id) AS "previousEndsAt"
    FROM page k JOIN users u ON u.id = k.creator_id
      LEFT JOIN applications a ON a.id = k.application_id
      LEFT JOIN workspaces w ON w.id = k.workspace_id LEFT JOIN applications wa ON wa.id = w.application_id
      LEFT JOIN user_groups g ON g.id = k.user_group_id LEFT JOIN applications ga ON ga.id = g.application_id
    ORDER BY k.created_at DESC, k.id DESC`;
  const text = rows
    .map((row) => ({ ...row, maximumLifetimeDays: maximumFor(organization, row.id) }))
    .map((key) => keyCsvRow(key, origin.at))
    .join("");
  const last = rows.at(-1);
  return success({ text, next: last === undefined || rows.length < pageSize ? null : last });
}
