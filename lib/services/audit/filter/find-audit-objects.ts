import type { AuditAction } from "@/lib/core/audit-actions";
import { auditActions, sessionActions } from "@/lib/core/audit-actions";
import { foldedText } from "@/lib/core/typed-text";
import { database } from "@/lib/db/client";
import { escapeLike } from "@/lib/db/escape-like";
import { keysNamed } from "@/lib/services/keys/read/key-search";

/** With more objects, entries are read in order instead, which soon fills a page. */
const mostObjects = 500;

/**
 * Actions on other objects. Most entries are about keys and sign-ins, and keys and people have tables of their own to
 * search.
 */
const others: readonly AuditAction[] = auditActions.filter(
  (action) => !action.startsWith("key.") && !sessionActions.some((one) => one === action),
);

/**
 * Finds the ids of objects in the audit log by part of their names: keys and people by their current names, everything
 * else, including deleted and renamed objects, by the names that its entries recorded.
 *
 * @param whole whether an object whose complete name is this text excludes all others
 * @returns null if there are too many
 */
export async function findAuditObjects(
  organizationId: string,
  text: string,
  whole: boolean,
): Promise<string[] | null> {
  const pattern = `%${escapeLike(text)}%`;
  const found = await database().$queryRaw<{ id: string; name: string }[]>`
    (SELECT k.id, k.name FROM api_keys k
      WHERE k.organization_id = ${organizationId}::uuid AND ${keysNamed(pattern)} LIMIT ${mostObjects + 1})
    UNION (SELECT u.id::text, u.name FROM users u WHERE (u.name ILIKE ${pattern} OR u.email ILIKE ${pattern})
      AND (EXISTS (SELECT 1 FROM members m WHERE m.organization_id = ${organizationId}::uuid AND m.user_id = u.id)
        OR EXISTS (SELECT 1 FROM audit_entries e
          WHERE e.organization_id = ${organizationId}::uuid AND e.target_id = u.id::text))
      LIMIT ${mostObjects + 1})
    UNION (SELECT DISTINCT e.target_id, e.target_name FROM audit_entries e
      WHERE e.organization_id = ${organizationId}::uuid AND e.action = ANY(${[...others]})
        AND e.target_name ILIKE ${pattern} LIMIT ${mostObjects + 1})`;
  const wanted = foldedText(text);
  const exact = whole ? found.filter(({ name }) => foldedText(name) === wanted) : [];
  const ids = [...new Set((exact.length > 0 ? exact : found).map(({ id }) => id))];
  return ids.length > mostObjects ? null : ids;
}
