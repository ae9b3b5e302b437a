import { countTransactionConflict } from "@/lib/metrics/counts";

const attempts = 5;

/**
 * Repeats the work when the database aborted it in favour of another transaction (serialization failure, deadlock). The
 * work must be one transaction or one statement, so an aborted attempt leaves nothing behind.
 */
export async function repeatOnConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error)) throw error;
      countTransactionConflict();
      if (attempt === attempts) throw error;
    }
  }
}

/** The two SQLSTATEs, Prisma's code for both, and the name that the driver adapters use. */
const codes = new Set<unknown>(["40001", "40P01", "P2034"]);

/** Looks through the errors that Prisma and its adapters wrap. */
export function isConflict(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { code, kind, originalCode, cause, meta, driverAdapterError } = error as Record<string, unknown>;
  if (codes.has(code) || codes.has(originalCode) || kind === "TransactionWriteConflict") return true;
  return [cause, meta, driverAdapterError].some((inner) => isConflict(inner, depth + 1));
}
