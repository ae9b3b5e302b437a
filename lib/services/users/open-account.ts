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
 * The account of a person who proved that the address is theirs: a new one, or an existing one without a
 * password, which an organization created. The existing account gets the given name and loses its sessions and
 * the memberships that `takeOverAccount` ends.
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
  // Another organization may have created the account between the two statements.
  return made?.id ?? takeOverAccount(transaction, taking);
}
