import type { Transaction } from "@/lib/db/client";

/** An arbitrary constant for an advisory lock: there is no row to lock yet. */
const setupLock = 7_051_982_206;

/** Locks setup until the transaction ends. Of two concurrent setups, the second sees the first one's user. */
export async function lockSetup(transaction: Transaction): Promise<{ readonly hasUser: boolean }> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${setupLock}::bigint)`;
  return { hasUser: (await transaction.user.findFirst({ select: { id: true } })) !== null };
}
