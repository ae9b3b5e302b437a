import { database } from "@/lib/db/client";
import { escapeLike } from "@/lib/db/escape-like";
import { Prisma } from "@/lib/db/generated/client";

/** Conditions on the key `k`. A match meets at least one. */
export type KeySearch = readonly Prisma.Sql[];

/** A key's own searchable text, as indexed by "api_keys_search". A control character separates its parts. */
const text = Prisma.sql`lower(k.name || E'\x1f' || k.description || E'\x1f' || k.id || E'\x1f' ||
  coalesce(k.subject, ''))`;

/** The index of trigrams finds one or two characters only at the start of a word. */
const short = /^[0-9A-Za-z]{1,2}$/;

/**
 * Outside ASCII, words can have just two letters, so a separate index contains single letters. Except these two, which
 * PostgreSQL lowercases to i and k.
 */
const otherLetter = /[^\p{ASCII}\u0130\u212a]/u;

/**
 * Searches name, description, subject, key id (with or without `key_`), the creator's name and email, and the name of
 * the application, workspace or user group. Skips the organization's name, which would match nearly every key. There
 * are far fewer people and namespaces than keys; looking them up first lets an index answer each condition. One or two
 * letters or digits are found only at the beginning of a word of the key's own text.
 */
export async function keySearch(organizationId: string, search: string): Promise<KeySearch> {
  const pattern = `%${escapeLike(search)}%`;
  const conditions = [
    short.test(search)
      ? beginsWord(search.toLowerCase())
      : Prisma.sql`(${letters(search)} ${text} LIKE lower(${pattern}))`,
  ];
  const id = search.replace(/^key_/, "");
  if (id !== search && id !== "") {
    const ofId = `%${escapeLike(id)}%`;
    conditions.push(Prisma.sql`(${text} LIKE lower(${ofId}) AND lower(k.id) LIKE lower(${ofId}))`);
  }
  const found = await findPeopleAndPlaces(organizationId, pattern);
  for (const [what, column] of Object.entries(columns)) {
    const ids = found.filter((row) => row.what === what).map((row) => row.id);
    if (ids.length > 0) conditions.push(Prisma.sql`k.${column} = ANY(${ids}::uuid[])`);
  }
  return conditions;
}

/** Matches the name alone. The index covers it as part of the text. @param pattern for LIKE, ignoring case */
export function keysNamed(pattern: string): Prisma.Sql {
  return Prisma.sql`${text} LIKE lower(${pattern}) AND lower(k.name) LIKE lower(${pattern})`;
}

/** With the separator in the LIKE pattern, the index can use the trigram at a word's start; a regular expression cannot. */
function beginsWord(letters: string): Prisma.Sql {
  const patterns = ["", ...[..." \x1f-_./:@(#"].map((gap) => `%${escapeLike(gap)}`)];
  return Prisma.sql`(${Prisma.join(
    patterns.map((pattern) => Prisma.sql`${text} LIKE ${`${pattern}${letters}%`}`),
    " OR ",
  )})`;
}

/** Begins a condition that the index "api_keys_search_letters" can answer. */
function letters(search: string): Prisma.Sql {
  if (!otherLetter.test(search)) return Prisma.empty;
  return Prisma.sql`octet_length(${text}) > char_length(${text})
    AND search_letters(${text}) @> search_letters(lower(${search})) AND`;
}

/** Joins the conditions of a search with OR. */
export function meets(search: KeySearch): Prisma.Sql {
  return Prisma.sql`(${Prisma.join([...search], " OR ")})`;
}

const columns = {
  creator: Prisma.sql`creator_id`,
  application: Prisma.sql`application_id`,
  workspace: Prisma.sql`workspace_id`,
  usergroup: Prisma.sql`user_group_id`,
};

function findPeopleAndPlaces(organizationId: string, pattern: string) {
  const within = Prisma.sql`place LEFT JOIN applications a ON a.id = place.application_id
    WHERE place.organization_id = ${organizationId}::uuid
      AND (place.name ILIKE ${pattern} OR a.name ILIKE ${pattern})`;
  return database().$queryRaw<{ what: string; id: string }[]>`
    WITH RECURSIVE ${keyCreators(organizationId)}
    SELECT 'creator' AS what, u.id FROM creators JOIN users u ON u.id = creators.id
      WHERE u.name ILIKE ${pattern} OR u.email ILIKE ${pattern}
    UNION ALL SELECT 'application', id FROM applications
      WHERE organization_id = ${organizationId}::uuid AND name ILIKE ${pattern}
    UNION ALL SELECT 'workspace', place.id FROM workspaces ${within}
    UNION ALL SELECT 'usergroup', place.id FROM user_groups ${within}`;
}

/**
 * A CTE named `creators`, for a statement that starts with WITH RECURSIVE: the creators of the organization's undeleted
 * keys. Takes one index step per creator, not per key. Its last row is null.
 */
export function keyCreators(organizationId: string): Prisma.Sql {
  const next = (after: Prisma.Sql) => Prisma.sql`SELECT k.creator_id FROM api_keys k
    WHERE k.organization_id = ${organizationId}::uuid AND k.deleted_at IS NULL ${after}
    ORDER BY k.creator_id, k.id LIMIT 1`;
  return Prisma.sql`creators(id) AS (
    (${next(Prisma.empty)}) UNION ALL
    SELECT (${next(Prisma.sql`AND k.creator_id > creators.id`)}) FROM creators WHERE creators.id IS NOT NULL
  )`;
}
