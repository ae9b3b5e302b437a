import type { Transaction } from "@/lib/db/client";

/** Any number, always the same: what is waited for has no row of its own yet. */
const setupLock = 7_051_982_206;

/** Held to the end of the transaction: of two simultaneous setups the second sees what the first made. */
export async function lockSetup(transaction: Transaction): Promise<{ readonly hasUser: boolean }> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${setupLock}::bigint)`;
  return { hasUser: (await transaction.user.findFirst({ select: { id: true } })) !== null };
}
