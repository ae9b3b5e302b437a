import { database } from "@/lib/db/client";
import { hashLinkToken } from "@/lib/token/link-token";
import { isMakerAlive } from "../is-maker-alive";

export type OpenPasswordLink = {
  readonly email: string;
  readonly name: string;
  readonly organizationName: string;
};

/** The person and organization behind this link; null if the link cannot be used, for whatever reason. */
export async function readPasswordLink(token: string, now: Date): Promise<OpenPasswordLink | null> {
  const link = await database().passwordLink.findFirst({
    where: openLink(token, now),
    select: {
      organizationId: true,
      madeByKeyId: true,
      madeByFamilyId: true,
      member: {
        select: { user: { select: { email: true, name: true } }, organization: { select: { name: true } } },
      },
    },
  });
  if (link === null || !(await isMakerAlive(database(), link, now))) return null;
  const { user, organization } = link.member;
  return { ...user, organizationName: organization.name };
}

/**
 * Matches a link that is unused and unexpired, of a person without a password. Check its maker with `isMakerAlive` too.
 */
export function openLink(token: string, now: Date) {
  return {
    tokenHash: hashLinkToken(token),
    usedAt: null,
    expiresAt: { gt: now },
    member: { user: { passwordHash: null } },
  };
}
