import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { SetFirstPasswordInput } from "@/lib/schemas/account";
import type { OrganizationId, Origin } from "@/lib/services/access/context";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { lockChainsOf } from "@/lib/services/sessions/record-session-event";
import { startSession } from "@/lib/services/sessions/start-session";
import { hashLinkToken } from "@/lib/token/link-token";
import { isMakerAlive } from "../is-maker-alive";
import { takeOverAccount } from "../take-over-account";
import { hashNewPassword } from "./hash-new-password";
import { openLink, readPasswordLink } from "./read-password-link";

/** The same answer for every unusable link: unknown, used or expired, its member removed, or its maker ended. */
const closed = failure("not_found", "This link is invalid or was already used.");

/**
 * Sets the first password of a person created through the API, and signs them in. The link never replaces
 * an existing password.
 */
export async function setFirstPassword(
  { token, password }: SetFirstPasswordInput,
  origin: Origin,
): Promise<Result<{ readonly organizationSlug: string; readonly sessionId: string }>> {
  // Hashing is expensive, so check the token first. The transaction checks it again.
  const link = await readPasswordLink(token, origin.at);
  if (link === null) return closed;
  const hashed = await hashNewPassword(password, { ...link, organizationNames: [link.organizationName] });
  if (!hashed.ok) return hashed;
  const passwordHash = hashed.value;

  return inTransaction(async (transaction) => {
    const tokenHash = hashLinkToken(token);
    const found = await transaction.passwordLink.findUnique({ where: { tokenHash } });
    if (found === null) return closed;
    const { id, userId } = found;
    const organizationId = found.organizationId as OrganizationId;
    if ((await lockMembership(transaction, organizationId, userId)) === null) return closed;
    if (!(await isMakerAlive(transaction, found, origin.at))) return closed;
    // Lock the account before its links, as every verb that sets a password does.
    await transaction.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
    await transaction.$queryRaw`SELECT 1 FROM password_links WHERE id = ${id}::uuid FOR UPDATE`;
    // A separate statement after the lock sees what the previous holder committed.
    const open = await transaction.passwordLink.findFirst({
      where: openLink(token, origin.at),
      select: { member: { select: { user: true, organization: { select: { slug: true } } } } },
    });
    if (open === null) return closed;
    const { user, organization } = open.member;
    const taking = { email: user.email, passwordHash, name: null, agreedTo: organizationId, at: origin.at };
    if ((await takeOverAccount(transaction, taking)) === null) return closed;
    await lockChainsOf(transaction, userId);
    await recordAuditEntry(
      transaction,
      { organization: { id: organizationId }, actor: { kind: "user", userId, name: user.name }, origin },
      {
        action: "member.password_set",
        target: { type: "member", id: userId, name: user.name },
        details: { email: user.email },
      },
    );
    const sessionId = await startSession(transaction, userId, origin);
    return success({ organizationSlug: organization.slug, sessionId });
  });
}
