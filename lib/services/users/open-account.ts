import type { Transaction } from "@/lib/db/client";
import { setPassword } from "./set-password";

type Opened = {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly createdAt: Date;
};

/**
 * The account of a person who has proved the address: a new one, or one that another organization made for
 * the address and that has no password yet. That one is nobody's, so it keeps neither its name nor a session.
 *
 * @returns null when the account has a password
 */
export async function openAccount(
  transaction: Transaction,
  { email, name, passwordHash, createdAt }: Opened,
): Promise<string | null> {
  const [made] = await transaction.user.createManyAndReturn({
    data: { name, email, passwordHash, createdAt },
    select: { id: true },
    skipDuplicates: true,
  });
  if (made !== undefined) return made.id;
  const taken = await setPassword(
    transaction,
    { email, passwordHash: null },
    { name, passwordHash },
    createdAt,
  );
  if (taken !== null) await transaction.session.deleteMany({ where: { userId: taken } });
  return taken;
}
