import type { NamespaceType } from "@/lib/core/access/namespace";
import type { Role } from "@/lib/core/access/role";
import { builtInRole } from "@/lib/core/access/role";
import { readMetadata } from "@/lib/core/keys/read-metadata";
import { versionsJudged } from "@/lib/core/keys/roll-plan";
import type { KeySnapshot, SecretSnapshot } from "@/lib/core/keys/verdict";
import { readTimeOrNull } from "@/lib/core/read-time";
import type { Transaction } from "@/lib/db/client";
import { runPrepared } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { levelInNamespaceSql } from "../verdict/level-in-namespace-sql";

/** JSON has neither dates nor bytes, so times are ISO text and the hash is hex. */
type SecretJson = Omit<SecretSnapshot, "hash" | "endsAt" | "imported"> & {
  readonly hash: string;
  readonly endsAt: string | null;
  readonly imported: boolean;
};
type RoleJson = { readonly builtIn: string } | Role;

type Row = Omit<KeySnapshot, "namespace" | "metadata" | "secrets" | "roles"> & {
  readonly namespaceType: NamespaceType;
  readonly namespaceId: string;
  readonly metadata: string | null;
  readonly secrets: readonly SecretJson[];
  readonly roles: readonly RoleJson[];
};

const creatorLevel = levelInNamespaceSql(Prisma.sql`k.creator_id`);

/** Changes that have taken effect but are not in the key's row yet: see the migration follow_ups. */
const followedUp = Prisma.sql`
    LEFT JOIN LATERAL (
      SELECT min(f.at) AS at FROM follow_up_keys p JOIN follow_ups f ON f.id = p.follow_up_id
      WHERE p.key_id = k.id AND f.verb = 'revoke') revocation ON true
    LEFT JOIN LATERAL (
      SELECT CASE f.verb WHEN 'pause' THEN f.at ELSE 'infinity' END AS at
      FROM follow_up_keys p JOIN follow_ups f ON f.id = p.follow_up_id
      WHERE p.key_id = k.id AND f.verb <> 'revoke' ORDER BY f.position DESC LIMIT 1) pause ON true`;

/** Reads these keys in one statement, so every part of a row is from the same moment. */
const rowsOf = (keyIds: readonly string[]) => Prisma.sql`
    SELECT k.id, k.organization_id::text AS "organizationId", k.name, k.subject, k.metadata,
      k.type::text AS type,
      k.access_level::text AS "accessLevel", k.namespace_type::text AS "namespaceType",
      coalesce(k.application_id, k.workspace_id, k.user_group_id, k.organization_id)::text AS "namespaceId",
      k.creator_id::text AS "creatorId",
      ${creatorLevel} AS "creatorLevel",
      o.key_creators::text AS "keyCreators", o.has_imported_keys AS "importsKeys",
      CASE WHEN k.id IS DISTINCT FROM o.default_key_id THEN o.maximum_lifetime_days END AS "maximumLifetimeDays",
      k.created_at AS "createdAt",
      k.expires_at AS "expiresAt", CASE WHEN pause.at IS NULL THEN k.paused_at ELSE nullif(pause.at, 'infinity') END AS "pausedAt",
      coalesce(k.revoked_at, revocation.at) AS "revokedAt", k.deleted_at AS "deletedAt",
      k.allowed_addresses AS "allowedAddresses",
      CASE WHEN k.rate_limit_requests IS NOT NULL THEN
        json_build_object('requests', k.rate_limit_requests, 'seconds', k.rate_limit_seconds)
      END AS "rateLimit",
      (SELECT coalesce(json_agg(json_build_object(
          'id', s.id, 'hash', encode(s.hash, 'hex'), 'pepperVersion', s.pepper_version, 'endsAt', s.ends_at, 'imported', s.imported
        ) ORDER BY s.version DESC), '[]')
        FROM api_key_secrets s WHERE s.key_id = k.id AND (s.version > k.secret_version - ${versionsJudged}::int
          OR s.ends_at IS NULL OR s.ends_at > now() OR s.imported)) AS secrets,
      (SELECT coalesce(json_agg(CASE
          WHEN kr.built_in_role_id IS NOT NULL THEN json_build_object('builtIn', kr.built_in_role_id)
          ELSE json_build_object('id', r.role_id, 'title', r.title, 'description', r.description,
            'permissions', r.permissions, 'publishable', r.publishable)
        END ORDER BY coalesce(kr.built_in_role_id, r.role_id)), '[]')
        FROM api_key_roles kr
        LEFT JOIN roles r ON r.organization_id = kr.organization_id AND r.id = kr.role_id
        WHERE kr.key_id = k.id) AS roles
    FROM api_keys k JOIN organizations o ON o.id = k.organization_id ${followedUp}
    WHERE k.id = ANY(${keyIds}::text[])`;

/**
 * Everything that a verdict on a key depends on, as of now. Includes deleted keys, whose callers are told that they
 * were revoked.
 *
 * @param keyId the 16 characters, without `key_`
 * @param transaction reads in this transaction, for example under its locks
 * @returns null if there is no such key
 */
export async function loadKeySnapshot(keyId: string, transaction?: Transaction): Promise<KeySnapshot | null> {
  return (await loadKeySnapshots([keyId], transaction)).get(keyId) ?? null;
}

/**
 * Loads many keys at once, for the data plane. Returns those that exist, by id.
 *
 * @param transaction reads in this transaction, to see its changes
 */
export async function loadKeySnapshots(
  keyIds: readonly string[],
  transaction?: Transaction,
): Promise<ReadonlyMap<string, KeySnapshot>> {
  const statement = rowsOf(keyIds);
  const { text, values } = statement;
  const rows = await (transaction === undefined
    ? runPrepared<Row>({ name: "latchkey_key_snapshots", text, values })
    : transaction.$queryRaw<Row[]>(statement));
  return new Map(rows.map((row) => [row.id, toSnapshot(row)]));
}

function toSnapshot({ namespaceType, namespaceId, metadata, secrets, roles, ...row }: Row): KeySnapshot {
  return {
    ...row,
    metadata: readMetadata(metadata),
    namespace: { type: namespaceType, id: namespaceId },
    roles: roles.flatMap(toRole),
    secrets: secrets.map(({ id, hash, pepperVersion, endsAt, imported }) => ({
      ...{ id, hash: readHash(hash), pepperVersion, endsAt: readTimeOrNull(endsAt) },
      ...(imported ? { imported } : {}),
    })),
  };
}

/** Buffer.from stops at the first character that is not a hex digit, and would return a shorter hash. */
function readHash(hex: string): Buffer {
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new RangeError("A secret's hash in the database cannot be read");
  return Buffer.from(hex, "hex");
}

/** A built-in role that this version does not know grants nothing. */
function toRole(role: RoleJson): Role[] {
  if (!("builtIn" in role)) return [role];
  const known = builtInRole(role.builtIn);
  return known === undefined ? [] : [known];
}
