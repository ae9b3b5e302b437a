import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { SetupInput } from "@/lib/schemas/account";
import type { Origin } from "@/lib/services/access/context";
import { startSession } from "@/lib/services/sessions/start-session";
import { hashNewPassword } from "@/lib/services/users/password/hash-new-password";
import { hashLinkToken } from "@/lib/token/link-token";
import { createFirstOwner, lockSetup } from "./create-first-owner";
import { isSetupOpen } from "./issue-setup-token";

/** The same answer for an unknown token, a used one, and an installation that already has its owner. */
const closed = failure("not_found", "This setup address is invalid or was already used.");

/** Creates the first owner and their organization, and signs them in. If two requests race, one succeeds. */
export async function setUp(
  input: SetupInput,
  origin: Origin,
): Promise<Result<{ readonly sessionId: string; readonly organizationSlug: string }>> {
  // Hashing is expensive, so check the token first. The transaction checks it again.
  if (!(await isSetupOpen(input.token))) return closed;
  const { token, password, ...owner } = input;
  const hashed = await hashNewPassword(password, { ...owner, organizationNames: [owner.organizationName] });
  if (!hashed.ok) return hashed;
  const passwordHash = hashed.value;

  return inTransaction(async (transaction) => {
    const { hasUser } = await lockSetup(transaction);
    const tokens = await transaction.setupToken.count({ where: { hash: hashLinkToken(token) } });
    if (hasUser || tokens === 0) return closed;
    const { userId, organization } = await createFirstOwner(transaction, { ...owner, passwordHash }, origin);
    const sessionId = await startSession(transaction, userId, origin);
    return success({ sessionId, organizationSlug: organization.slug });
  });
}
