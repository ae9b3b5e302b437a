/** Prisma's names for a database that cannot be asked now, as its driver adapters give them. */
const kinds = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
  "TlsConnectionError",
]);

/**
 * Prisma's codes (connection, pool and transaction start), SQLSTATE's (class 08, shutting down, starting
 * up, a transaction that was given up while this process did not go on, no connection left) and the operating
 * system's.
 */
const codes =
  /^(?:P1001|P1002|P1008|P1017|P2024|P2028|08...|57P0[123]|25P03|53300|E(?:CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH))$/;

/** What pg throws without a code, the client once this process has closed it, and a session that cannot be had. */
const messages =
  /^(?:The database is not open|The database cannot be used|Connection terminated|Query read timeout|Cannot use a pool after|Client has encountered a connection error|timeout exceeded when)/;

/**
 * Did this fail because the database cannot be asked now, rather than because of what it was asked?
 * Looks through the errors that Prisma and its adapters wrap.
 */
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
