import { invitableLevels } from "@/lib/core/invite-members";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { AcceptAsNewInput } from "@/lib/schemas/account";
import type { OrganizationId, Origin, UserActor } from "@/lib/services/access/context";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { lockChainsOf } from "@/lib/services/sessions/record-session-event";
import { startSession } from "@/lib/services/sessions/start-session";
import { hashNewPassword } from "@/lib/services/users/hash-new-password";
import { isMakerAlive } from "@/lib/services/users/is-maker-alive";
import { openAccount } from "@/lib/services/users/open-account";
import { hashLinkToken } from "@/lib/token/link-token";
import { readInvitation } from "./read-invitation";

/** The same for a wrong token, a used, a revoked and an expired one, and for one whose maker ended. */
const closed = failure("not_found", "This invitation is not valid, or was used already.");

/** Makes the signed-in person a member, when the invitation is for them. Of two at the same time one is. */
export async function acceptInvitation(
  actor: UserActor,
  { token }: { token: string },
  origin: Origin,
): Promise<Result<{ readonly organizationSlug: string }>> {
  return inTransaction(async (transaction) => {
    const invitation = await lockInvitation(transaction, token, origin.at);
    if (invitation === null) return closed;
    if (invitation.email !== actor.email) return failure("forbidden", "This invitation is for someone else.");
    return join(transaction, invitation, actor, origin);
  });
}

/**
 * Makes an account for the email that was invited, and its person a member who is signed in. The link proves
 * the address. A password that is there is never replaced: its holder signs in and accepts.
 */
export async function acceptInvitationAsNew(
  { token, name, password }: AcceptAsNewInput,
  origin: Origin,
): Promise<Result<{ readonly organizationSlug: string; readonly sessionId: string }>> {
  // Hashing is dear, so who has no token gets none; the transaction asks again.
  const open = await readInvitation(token, origin.at);
  if (open === null) return closed;
  const person = { email: open.email, name, organizationNames: [open.organizationName] };
  const hashed = await hashNewPassword(password, person);
  if (!hashed.ok) return hashed;
  const passwordHash = hashed.value;

  return inTransaction(async (transaction) => {
    const invitation = await lockInvitation(transaction, token, origin.at);
    if (invitation === null) return closed;
    const { email } = invitation;
    const organizationId = invitation.organizationId as OrganizationId;
    // A program can have made them a member since. Asked first: what is refused must leave no account behind.
    if ((await transaction.member.count({ where: { organizationId, user: { email } } })) > 0) {
      return failure(
        "conflict",
        "You are a member of this organization already. Sign in, or reset your password.",
      );
    }
    const account = { name, email, passwordHash, createdAt: origin.at, organizationId };
    const userId = await openAccount(transaction, account);
    if (userId === null) {
      return failure("conflict", "There is an account with this email. Sign in to accept the invitation.");
    }
    const actor = { kind: "user", userId, name, email } as const;
    const joined = await join(transaction, invitation, actor, origin);
    if (!joined.ok) return joined;
    const sessionId = await startSession(transaction, userId, origin);
    return success({ ...joined.value, sessionId });
  });
}

type LockedInvitation = NonNullable<Awaited<ReturnType<typeof lockInvitation>>>;

/**
 * The open invitation of this token, held to the end of the transaction, and with it the membership of
 * who made it, and the key, if one did: what they may no longer make does not open. Their membership first, as in
 * all verbs.
 */
async function lockInvitation(transaction: Transaction, token: string, now: Date) {
  const tokenHash = hashLinkToken(token);
  const found = await transaction.invitation.findUnique({ where: { tokenHash } });
  if (found === null) return null;
  const organizationId = found.organizationId as OrganizationId;
  const inviter = await lockMembership(transaction, organizationId, found.invitedById);
  if (inviter === null || !(await isMakerAlive(transaction, found, now))) return null;
  await transaction.$queryRaw`SELECT 1 FROM invitations WHERE token_hash = ${tokenHash} FOR UPDATE`;
  // Read after the lock, by a statement of its own: it sees what the one before us committed.
  return transaction.invitation.findFirst({
    where: {
      tokenHash,
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { gt: now },
      accessLevel: { in: invitableLevels(inviter.level, inviter.keyCreators) },
    },
    include: { organization: true },
  });
}

async function join(
  transaction: Transaction,
  { id, organization, accessLevel, invitedById }: LockedInvitation,
  person: Pick<UserActor, "kind" | "userId" | "name" | "email">,
  origin: Origin,
): Promise<Result<{ readonly organizationSlug: string }>> {
  const { userId, name, email } = person;
  const organizationId = organization.id as OrganizationId;
  const { count } = await transaction.member.createMany({
    data: { organizationId, userId, accessLevel, createdAt: origin.at },
    skipDuplicates: true,
  });
  if (count === 0) return failure("conflict", "You are a member of this organization already.");
  await transaction.invitation.update({
    where: { id },
    data: { acceptedAt: origin.at, acceptedById: userId },
  });
  // Whoever joins as new is signed in next, which locks the chains of all their organizations.
  await lockChainsOf(transaction, userId);
  await recordAuditEntry(
    transaction,
    { organization: { id: organizationId }, actor: person, origin },
    {
      action: "member.joined",
      target: { type: "member", id: userId, name },
      details: { email, accessLevel, invitationId: id, invitedById },
    },
  );
  return success({ organizationSlug: organization.slug });
}
