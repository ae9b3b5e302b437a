import { mayKeyGiveLevel, mayKeyUse } from "@/lib/core/access/manage-users-by-keys";
import { creatableUserLevels } from "@/lib/core/access/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { endOfToken } from "@/lib/core/token-grant";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { invitationMail } from "@/lib/mail/invitation-mail";
import { passwordLinkMail } from "@/lib/mail/password-link-mail";
import type { CreateUserInput } from "@/lib/schemas/account";
import type { KeyContext } from "@/lib/services/access/key-context";
import { callerRevoked, lockCallingKey } from "@/lib/services/access/lock-calling-key";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { insertInvitation } from "@/lib/services/invitations/insert-invitation";
import { mailRefused, reserveMail } from "@/lib/services/mail/mail-budget";
import { invitationShare } from "@/lib/services/mail/mail-share";
import { hashLinkToken, randomLinkToken } from "@/lib/token/link-token";
import type { CreatedUser } from "./user-view";

const passwordLinkLifeSeconds = 7 * 24 * 60 * 60;

type Made = Pick<CreatedUser, "user"> & {
  readonly organizationName: string;
  readonly creator: { readonly name: string; readonly email: string };
};

/**
 * Adds a person to the organization, with a level below the key's. A new person gets a single-use link to set their
 * password. An email that already has an account is invited instead, and its owner has to accept. If a mail server is
 * configured, the link is only mailed: otherwise the calling program could set the password for somebody else's
 * address.
 */
export async function createUser(context: KeyContext, input: CreateUserInput): Promise<Result<CreatedUser>> {
  const token = randomLinkToken();
  const { organization, actor, origin } = context;
  // A link is a credential too, so it expires no later than the key that makes it.
  const expiresAt = endOfToken(origin.at, passwordLinkLifeSeconds, [actor.expiresAt]);
  const { email, accessLevel } = input;
  const parties = { recipient: email, senderId: actor.creatorId, organizationId: organization.id };
  const reserved = await reserveMail(invitationShare, parties, origin.at);
  if (!("place" in reserved)) return mailRefused(reserved.fullUntil, origin.at);
  const { place } = reserved;
  const made = await inTransaction((transaction) => make(transaction, context, input, { token, expiresAt }));
  if (!made.ok) {
    await place.release();
    return made;
  }
  const { user, organizationName, creator } = made.value;
  // Send after the commit: a mail cannot be recalled, and a slow mail server must not hold locks.
  const link = `${env().appUrl}/${user === null ? "invite" : "set-password"}/${token}`;
  const mail = await place.send(
    user === null
      ? invitationMail({ email, accessLevel, organizationName, invitedBy: creator, link, expiresAt })
      : passwordLinkMail({ email, organizationName, link, expiresAt }),
  );
  return success({ email, accessLevel, user, link: mail === "off" ? link : null, expiresAt, mail });
}

type Link = { readonly token: string; readonly expiresAt: Date };

async function make(
  transaction: Transaction,
  context: KeyContext,
  { email, name, accessLevel }: CreateUserInput,
  { token, expiresAt }: Link,
): Promise<Result<Made>> {
  const { organization, actor, origin } = context;
  const organizationId = organization.id;
  const membership = await lockMembership(transaction, organizationId, actor.creatorId);
  if (membership === null) return callerRevoked;
  const key = await lockCallingKey(transaction, context);
  if (!key.ok) return key;
  if (!mayKeyUse({ ...key.value, namespace: actor.namespace }, "create")) {
    return failure("forbidden", "This needs an organization's own key with the permission users:create.");
  }
  const { level } = key.value;
  const maker = { madeByKeyId: actor.keyId, madeByFamilyId: key.value.familyId };
  if (!mayKeyGiveLevel({ level }, accessLevel)) {
    const message = `A key of level ${level} can only create users below its level`;
    return failure("forbidden", `${message}.`, [{ field: "accessLevel", message }]);
  }
  const { name: organizationName } = await transaction.organization.findUniqueOrThrow({
    where: { id: organizationId },
  });
  const creator = await transaction.user.findUniqueOrThrow({ where: { id: actor.creatorId } });

  const userId = await claimAccount(transaction, { email, name, createdAt: origin.at });
  if (userId === null) {
    const levels = creatableUserLevels(level);
    const invited = await insertInvitation(transaction, context, {
      email,
      accessLevel,
      token,
      expiresAt,
      levels,
      maker,
    });
    return invited.ok ? success({ user: null, organizationName, creator }) : invited;
  }
  await transaction.member.create({ data: { organizationId, userId, accessLevel, createdAt: origin.at } });
  await transaction.passwordLink.create({
    data: {
      organizationId,
      userId,
      ...maker,
      tokenHash: hashLinkToken(token),
      createdAt: origin.at,
      expiresAt,
    },
  });
  await recordAuditEntry(transaction, context, {
    action: "member.created",
    target: { type: "member", id: userId, name },
    details: { email, accessLevel, linkExpiresAt: expiresAt.toISOString() },
  });
  const user = { id: userId, email, name, accessLevel, createdAt: origin.at };
  return success({ user, organizationName, creator });
}

/**
 * The account for a person without one: a new account, or an abandoned one created for this email. An abandoned account
 * has neither password nor memberships, and so no usable links. The row stays locked until the transaction ends.
 *
 * @returns null if the email has an account in use, since only its owner decides about it
 */
async function claimAccount(
  transaction: Transaction,
  { email, name, createdAt }: { readonly email: string; readonly name: string; readonly createdAt: Date },
): Promise<string | null> {
  const [user] = await transaction.user.createManyAndReturn({
    data: { email, name, createdAt },
    select: { id: true },
    skipDuplicates: true,
  });
  if (user !== undefined) return user.id;
  await transaction.$queryRaw`SELECT 1 FROM users WHERE email = ${email} FOR UPDATE`;
  // A separate statement after the lock sees what the previous holder committed.
  const nobodys = await transaction.user.findFirst({
    where: {
      email,
      passwordHash: null,
      sessions: { none: {} },
      members: { none: {} },
      acceptedInvitations: { none: {} },
    },
  });
  if (nobodys === null) return null;
  await transaction.user.update({ where: { id: nobodys.id }, data: { name } });
  return nobodys.id;
}
