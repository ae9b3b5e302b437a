import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { takeOverAccount } from "./take-over-account";

type Opened = {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly createdAt: Date;
  /** The organization whose invitation is accepted. */
  readonly organizationId: OrganizationId;
};

/**
 * The account of a person who has proved the address: a new one, or one that another organization made for
 * the address and that has no password yet. That one is nobody's, so it keeps neither its name, nor a session,
 * nor a membership.
 *
 * @returns null when the account has a password
 */
export async function openAccount(
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
  // Another organization may have made one between the two statements.
  return made?.id ?? takeOverAccount(transaction, taking);
}
