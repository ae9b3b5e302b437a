import { database } from "@/lib/db/client";
import type { KeyRelations, KeyRowRecord } from "./key-row";

type Related = Omit<KeyRelations, "secrets"> & { readonly id: string; readonly previousEndsAt: Date | null };

/**
 * Reads these keys with the relations of `keyRowInclude`, in the order of the ids. Deleted keys are missing. Prisma
 * would send a statement per relation, one after the other: thirteen for a page of keys.
 */
export async function readKeyRecords(
  organizationId: string,
  ids: readonly string[],
): Promise<KeyRowRecord[]> {
  if (ids.length === 0) return [];
  const [keys, related] = await Promise.all([
    database().apiKey.findMany({ where: { organizationId, id: { in: [...ids] } } }),
    readRelated(organizationId, ids),
  ]);
  const byId = new Map(keys.map((key) => [key.id, key]));
  const relatedById = new Map(related.map((one) => [one.id, one]));
  return ids.flatMap((id) => {
    const [key, relations] = [byId.get(id), relatedById.get(id)];
    if (key === undefined || relations === undefined) return [];
    const { previousEndsAt, ...named } = relations;
    return { ...key, ...named, secrets: previousEndsAt === null ? [] : [{ endsAt: previousEndsAt }] };
  });
}

function readRelated(organizationId: string, ids: readonly string[]): Promise<Related[]> {
  return database().$queryRaw<Related[]>`
    SELECT k.id,
      (SELECT json_build_object('id', u.id, 'name', u.name, 'email', u.email)
        FROM users u WHERE u.id = k.creator_id) AS creator,
      (SELECT json_build_object('id', u.id, 'name', u.name, 'email', u.email)
        FROM users u WHERE u.id = k.paused_by_id) AS "pausedBy",
      (SELECT json_build_object('id', u.id, 'name', u.name, 'email', u.email)
        FROM users u WHERE u.id = k.revoked_by_id) AS "revokedBy",
      (SELECT json_build_object('id', a.id, 'name', a.name)
        FROM applications a WHERE a.id = k.application_id) AS application,
      (SELECT json_build_object('id', w.id, 'name', w.name, 'application', json_build_object('name', a.name))
        FROM workspaces w JOIN applications a ON a.id = w.application_id WHERE w.id = k.workspace_id) AS workspace,
      (SELECT json_build_object('id', g.id, 'name', g.name,
          'application', CASE WHEN a.id IS NOT NULL THEN json_build_object('name', a.name) END)
        FROM user_groups g LEFT JOIN applications a ON a.id = g.application_id
        WHERE g.id = k.user_group_id) AS "userGroup",
      (SELECT json_build_object('id', maker.id, 'name', maker.name)
        FROM api_keys maker WHERE maker.id = k.created_by_key_id) AS "createdByKey",
      ARRAY(SELECT json_build_object('builtInRoleId', held.built_in_role_id,
          'role', CASE WHEN r.id IS NOT NULL THEN json_build_object('roleId', r.role_id, 'title', r.title,
            'description', r.description, 'permissions', r.permissions, 'publishable', r.publishable) END)
        FROM api_key_roles held LEFT JOIN roles r ON r.id = held.role_id
        WHERE held.key_id = k.id ORDER BY held.id) AS roles,
      (SELECT max(s.ends_at) FROM api_key_secrets s WHERE s.key_id = k.id) AS "previousEndsAt"
    FROM api_keys k WHERE k.organization_id = ${organizationId}::uuid AND k.id = ANY(${ids}::text[])`;
}
