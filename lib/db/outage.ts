/** Prisma's names for an unavailable database, as its driver adapters report them. */
const kinds = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
  "TlsConnectionError",
]);

/**
 * Prisma's codes for connections, pools and starting transactions; SQLSTATEs for lost connections (class 08), shutdown,
 * startup, idle transactions and exhausted connections; and the operating system's codes.
 */
const codes =
  /^(?:P1001|P1002|P1008|P1017|P2024|P2028|08...|57P0[123]|25P03|53300|E(?:CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH))$/;

/** Messages of errors without a code: from pg, from a client that this process has closed, and for an unfit session. */
const messages =
  /^(?:The database is not open|The database cannot be used|Connection terminated|Query read timeout|Cannot use a pool after|Client has encountered a connection error|timeout exceeded when)/;

/** Did this fail because the database is read-only, such as a replica or a server during a switchover? */
export function isReadOnly(error: unknown): boolean {
  return hasState(error, readOnlyTransaction);
}

/** Did this fail because the statement exceeded its time limit? */
export function isCancelled(error: unknown): boolean {
  return hasState(error, queryCancelled);
}

/** SQLSTATEs. */
const readOnlyTransaction = "25006";
const queryCancelled = "57014";

/** Looks through the errors that Prisma and its adapters wrap. */
function hasState(error: unknown, state: string, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { code, originalCode, cause, meta, driverAdapterError } = error as Record<string, unknown>;
  if (code === state || originalCode === state) return true;
  return [cause, meta, driverAdapterError].some((inner) => hasState(inner, state, depth + 1));
}

/** Did this fail because the database is unavailable, rather than because of the statement? */
export function isOutage(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { code, kind, originalCode, message, cause, meta, driverAdapterError } = error as Record<
    string,
    unknown
  >;
  if (typeof kind === "string" && kinds.has(kind)) return true;
  if ([code, originalCode].some((text) => typeof text === "string" && codes.test(text))) return true;
  if (typeof message === "string" && messages.test(message)) return true;
  return [cause, meta, driverAdapterError].some((inner) => isOutage(inner, depth + 1));
}
