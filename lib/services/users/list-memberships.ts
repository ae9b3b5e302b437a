import type { AccessLevel } from "@/lib/core/access-level";
import type { KeyCreators } from "@/lib/core/permission";
import { database } from "@/lib/db/client";

/** An organization as one of its members sees it in the switcher. */
export type Membership = {
  readonly slug: string;
  readonly name: string;
  readonly level: AccessLevel;
  readonly keyCreators: KeyCreators;
};

/** The organizations that a person is a member of, by name. */
export async function listMemberships(userId: string): Promise<Membership[]> {
  const members = await database().member.findMany({
    where: { userId },
    select: { accessLevel: true, organization: { select: { slug: true, name: true, keyCreators: true } } },
    orderBy: [{ organization: { name: "asc" } }, { organization: { slug: "asc" } }],
  });
  return members.map(({ accessLevel, organization }) => ({ ...organization, level: accessLevel }));
}
