import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeyCreators } from "@/lib/core/access/permission";
import { database } from "@/lib/db/client";

/** An organization as one of its members sees it in the switcher. */
export type Membership = {
  readonly slug: string;
  readonly name: string;
  readonly level: AccessLevel;
  readonly keyCreators: KeyCreators;
};

/** A natural order that does not depend on the database: "acme" next to "Acme", "Branch 9" before "Branch 10". */
const { compare: byName } = new Intl.Collator("en", { numeric: true });

/** The organizations a person is a member of, sorted by name. */
export async function listMemberships(userId: string): Promise<Membership[]> {
  const memberships = await database().$queryRaw<Membership[]>`
    SELECT o.slug, o.name, m.access_level AS level, o.key_creators AS "keyCreators"
    FROM members m JOIN organizations o ON o.id = m.organization_id WHERE m.user_id = ${userId}::uuid`;
  return memberships.sort((one, other) => byName(one.name, other.name) || byName(one.slug, other.slug));
}
