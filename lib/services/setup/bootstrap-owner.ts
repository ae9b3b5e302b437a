import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { Origin } from "@/lib/services/access/context";
import { hashNewPassword } from "@/lib/services/users/password/hash-new-password";
import { createFirstOwner, lockSetup } from "./create-first-owner";

/** Creates the owner configured in the environment. Does nothing if a user exists. */
export async function bootstrapOwner(owner: {
  readonly email: string;
  readonly password: string;
  readonly organization: string;
}): Promise<Result<null>> {
  const { email, organization: organizationName } = owner;
  // The environment has no name, so use the part before the @ until the owner enters theirs.
  const name = email.split("@")[0] ?? email;
  const hashed = await hashNewPassword(owner.password, {
    email,
    name,
    organizationNames: [organizationName],
  });
  if (!hashed.ok) return hashed;
  const passwordHash = hashed.value;
  const origin: Origin = { at: new Date(), address: null, userAgent: null, requestId: null };
  await inTransaction(async (transaction) => {
    if ((await lockSetup(transaction)).hasUser) return;
    await createFirstOwner(transaction, { name, email, passwordHash, organizationName }, origin);
  });
  return success(null);
}
