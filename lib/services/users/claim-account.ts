import type { Transaction } from "@/lib/db/client";

/**
 * The account for a person without one: a new account, or an abandoned one created for this email. An abandoned
 * account has no password and no membership, so no link to it is left either. The row stays locked until the
 * transaction ends.
 *
 * @returns null when the email has an account in use: only its owner decides about it
 */
export async function claimAccount(
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
