import { database } from "@/lib/db/client";
import { hashLinkToken } from "@/lib/token/link-token";
import { isMakerAlive } from "./is-maker-alive";

export type OpenPasswordLink = {
  readonly email: string;
  readonly name: string;
  readonly organizationName: string;
};

/** What the link of this token leads to; null when it leads nowhere, for whatever reason. */
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

/** A link that can be used, if its maker is alive: once, in its time, and only while the person has no password. */
export function openLink(token: string, now: Date) {
  return {
    tokenHash: hashLinkToken(token),
    usedAt: null,
    expiresAt: { gt: now },
    member: { user: { passwordHash: null } },
  };
}
