import { database } from "@/lib/db/client";
import { hashLinkToken } from "@/lib/token/link-token";

export type OpenResetLink = {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly organizationNames: readonly string[];
  readonly byOperator: boolean;
};

/** The person behind this link; null if it cannot be used, for whatever reason. Reading does not use it up. */
export async function readResetLink(token: string, now: Date): Promise<OpenResetLink | null> {
  const found = await database().passwordReset.findFirst({
    where: { tokenHash: hashLinkToken(token), expiresAt: { gt: now } },
    select: {
      userId: true,
      byOperator: true,
      user: {
        select: {
          email: true,
          name: true,
          members: { select: { organization: { select: { name: true } } } },
        },
      },
    },
  });
  if (found === null) return null;
  const { userId, byOperator, user } = found;
  const organizationNames = user.members.map(({ organization }) => organization.name);
  return { userId, byOperator, email: user.email, name: user.name, organizationNames };
}
