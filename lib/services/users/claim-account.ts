import type { Transaction } from "@/lib/db/client";

/**
 * The account for somebody who has none: a new one, or one that was made for this email and that nobody ever
 * had. That is one without a password, which was never signed in with and is a member of nothing: its last
 * link went with its last membership. Held until the transaction ends.
 *
 * @returns null when the email has an account, whose holder alone decides what becomes of it
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
  // Read after the lock, by a statement of its own: it sees what the one before us committed.
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
