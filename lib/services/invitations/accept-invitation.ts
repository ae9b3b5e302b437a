import { invitableLevels } from "@/lib/core/access/invite-members";
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
import { isMakerAlive } from "@/lib/services/users/is-maker-alive";
import { hashNewPassword } from "@/lib/services/users/password/hash-new-password";
import { takeOverAccount } from "@/lib/services/users/take-over-account";
import { hashLinkToken } from "@/lib/token/link-token";
import { readInvitation } from "./read-invitation";

/** The same answer for every unusable invitation: unknown, used, revoked or expired, or its maker ended. */
const closed = failure("not_found", "This invitation is invalid or was already used.");

/** Makes the signed-in person a member if the invitation is theirs. If two requests race, one succeeds. */
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
 * Creates an account for the invited email, adds it to the organization and signs the person in. The link proves
 * the address. An existing password is never replaced: its owner signs in and accepts instead.
 */
export async function acceptInvitationAsNew(
  { token, name, password }: AcceptAsNewInput,
  origin: Origin,
): Promise<Result<{ readonly organizationSlug: string; readonly sessionId: string }>> {
  // Hashing is expensive, so check the token first. The transaction checks it again.
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
    // A program may have added them since. Check first, so that a refusal does not leave an account behind.
    if ((await transaction.member.count({ where: { organizationId, user: { email } } })) > 0) {
      return failure(
        "conflict",
        "You are already a member of this organization. Sign in, or reset your password.",
      );
    }
    const account = { name, email, passwordHash, createdAt: origin.at, organizationId };
    const userId = await openAccount(transaction, account);
    if (userId === null) {
      return failure(
        "conflict",
        "There is already an account with this email. Sign in to accept the invitation.",
      );
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
 * The open invitation with this token, locked until the transaction ends, together with its author's membership and the
 * key that made it, if any. An invitation that its author may no longer make is not open. The membership is locked
 * first, as in all verbs.
 */
async function lockInvitation(transaction: Transaction, token: string, now: Date) {
  const tokenHash = hashLinkToken(token);
  const found = await transaction.invitation.findUnique({ where: { tokenHash } });
  if (found === null) return null;
  const organizationId = found.organizationId as OrganizationId;
  const inviter = await lockMembership(transaction, organizationId, found.invitedById);
  if (inviter === null || !(await isMakerAlive(transaction, found, now))) return null;
  await transaction.$queryRaw`SELECT 1 FROM invitations WHERE token_hash = ${tokenHash} FOR UPDATE`;
  // A separate statement after the lock sees what the previous holder committed.
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
  if (count === 0) return failure("conflict", "You are already a member of this organization.");
  await transaction.invitation.update({
    where: { id },
    data: { acceptedAt: origin.at, acceptedById: userId },
  });
  // A new person is signed in next, which locks the chains of all their organizations.
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

type Opened = {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly createdAt: Date;
  /** The organization that the invitation leads to. */
  readonly organizationId: OrganizationId;
};

/**
 * The account of a person who proved that the address is theirs: a new one, or an existing one without a password,
 * which an organization created. The existing account gets the given name and loses its sessions and the memberships
 * that `takeOverAccount` ends.
 *
 * @returns null if the account has a password
 */
async function openAccount(
  transaction: Transaction,
  { email, name, passwordHash, createdAt, organizationId }: Opened,
): Promise<string | null> {
  const taking = { email, name, passwordHash, agreedTo: organizationId, at: createdAt };
  const taken = await takeOverAccount(transaction, taking);
  if (taken !== null) return taken;
  const [made] = await transaction.user.createManyAndReturn({
    data: { name, email, passwordHash, createdAt },
    select: { id: true },
    skipDuplicates: true,
  });
  // Another organization may have created the account between the two statements.
  return made?.id ?? takeOverAccount(transaction, taking);
}
