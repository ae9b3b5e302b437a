import { inTransaction } from "@/lib/db/client";
import type { Origin } from "@/lib/services/context";
import { hashPassword } from "@/lib/services/users/password";
import { createFirstOwner } from "./create-first-owner";
import { lockSetup } from "./lock-setup";

/** The owner that the environment names, at a start without a user. With a user it does nothing. */
export async function bootstrapOwner(owner: {
  readonly email: string;
  readonly password: string;
  readonly organization: string;
}): Promise<void> {
  const passwordHash = await hashPassword(owner.password);
  const origin: Origin = { at: new Date(), address: null, userAgent: null, requestId: null };
  await inTransaction(async (transaction) => {
    if ((await lockSetup(transaction)).hasUser) return;
    const { email, organization: organizationName } = owner;
    // The environment gives no name; what stands before the @ is one until the owner enters theirs.
    const name = email.split("@")[0] ?? email;
    await createFirstOwner(transaction, { name, email, passwordHash, organizationName }, origin);
  });
}
