import type { Transaction } from "@/lib/db/client";
import type { OrganizationId, SystemActor } from "@/lib/services/access/context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { endMembership } from "@/lib/services/members/end-membership";
import { lockChains } from "@/lib/services/sessions/record-session-event";
import { setPassword } from "./password/set-password";

type TakeOver = {
  readonly email: string;
  readonly passwordHash: string;
  /** Null keeps the account's name. */
  readonly name: string | null;
  /** The organization whose link the person opened, and so agrees to join; null for a password reset. */
  readonly agreedTo: OrganizationId | null;
  readonly at: Date;
};

const mailboxOwner: SystemActor = { kind: "system", name: "Owner of the mailbox" };

/**
 * Hands an account without a password to the person who proved that its address is theirs. Any organization's programs
 * may have created the account and its memberships without that person's consent. Every membership ends except the one
 * in the organization whose link was opened; otherwise the other organizations would see each sign-in and could end
 * sessions. Their audit logs record that the membership ended, without the address or the request. An organization's
 * last owner stays a member.
 *
 * @returns null if there is no such account, or it has a password
 */
export async function takeOverAccount(transaction: Transaction, taking: TakeOver): Promise<string | null> {
  const { email, passwordHash, name, agreedTo, at } = taking;
  const found = await transaction.user.findFirst({
    where: { email, passwordHash: null },
    select: { id: true, name: true },
  });
  if (found === null) return null;
  const { id: userId } = found;
  // Lock memberships before the account, as all verbs do, and every owner, since one must remain.
  await transaction.$queryRaw`
    SELECT 1 FROM organizations
    WHERE id IN (SELECT organization_id FROM members WHERE user_id = ${userId}::uuid) ORDER BY id FOR SHARE`;
  await transaction.$queryRaw`
    SELECT 1 FROM members
    WHERE organization_id IN (SELECT organization_id FROM members WHERE user_id = ${userId}::uuid)
      AND organization_id IS DISTINCT FROM ${agreedTo}::uuid
      AND (user_id = ${userId}::uuid OR access_level = 'OWNER')
    ORDER BY organization_id, user_id FOR UPDATE`;
  const data = { passwordHash, ...(name === null ? {} : { name }) };
  if ((await setPassword(transaction, { id: userId, passwordHash: null }, data, at)) === null) return null;
  await transaction.session.deleteMany({ where: { userId } });

  const ended = [];
  for (const { organizationId, accessLevel } of await endable(transaction, userId, agreedTo)) {
    const organization = { id: organizationId as OrganizationId };
    const origin = { at, address: null, userAgent: null, requestId: null };
    const context = { organization, actor: mailboxOwner, origin };
    ended.push({ context, accessLevel, ...(await endMembership(transaction, context, userId)) });
  }
  const joined = agreedTo === null ? [] : [agreedTo];
  await lockChains(transaction, userId, [...joined, ...ended.map(({ context }) => context.organization.id)]);
  for (const { context, accessLevel, keysEnded, invitationsEnded } of ended) {
    const details = {
      email,
      accessLevel,
      keysRevoked: keysEnded.total,
      invitationsEnded,
      neverAgreed: true,
    };
    const target = { type: "member", id: userId, name: found.name } as const;
    await recordAuditEntry(
      transaction,
      context,
      { action: "member.removed", target, details },
      ...keysEnded.entries,
    );
  }
  return userId;
}

/**
 * The memberships that can end: all but `agreedTo` and those of a last owner. Call it after taking the locks, so that
 * it sees what the previous holder committed.
 */
async function endable(transaction: Transaction, userId: string, agreedTo: OrganizationId | null) {
  const memberships = await transaction.member.findMany({
    where: { userId, ...(agreedTo === null ? {} : { organizationId: { not: agreedTo } }) },
    select: { organizationId: true, accessLevel: true },
    orderBy: { organizationId: "asc" },
  });
  const others = await transaction.member.findMany({
    where: {
      organizationId: { in: memberships.map(({ organizationId }) => organizationId) },
      accessLevel: "OWNER",
      userId: { not: userId },
    },
    select: { organizationId: true },
  });
  const withOtherOwner = new Set(others.map(({ organizationId }) => organizationId));
  return memberships.filter(
    ({ organizationId, accessLevel }) => accessLevel !== "OWNER" || withOtherOwner.has(organizationId),
  );
}
