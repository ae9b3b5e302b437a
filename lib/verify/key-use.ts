import type { UsageOutcome } from "@/lib/core/usage-outcome";

const hourMs = 60 * 60 * 1000;
const clientMaximum = 200;

/** Calls of one hour that came to the same; `hour` is its start, in milliseconds since the epoch. */
export type CallCount = { readonly hour: number; readonly outcome: UsageOutcome; calls: number };

/** The last good use of one secret; `at` in milliseconds since the epoch. */
export type SecretUse = {
  readonly secretId: string;
  at: number;
  address: string | null;
  /** The User-Agent as it was sent. */
  client: string | null;
};

/**
 * The uses of one key that the database has not been told of. Nearly always one count and one secret, hence
 * lists: a map for each of many keys would cost more than all else here.
 */
export type KeyUse = { readonly calls: CallCount[]; readonly secrets: SecretUse[] };

export function newKeyUse(): KeyUse {
  return { calls: [], secrets: [] };
}

/** Counts one call. Runs for each verification, so what can wait for the writing is not done here. */
export function addKeyUse(
  entry: KeyUse,
  at: number,
  outcome: UsageOutcome,
  use: {
    readonly secretId: string;
    readonly address: string | null;
    readonly client: string | null;
    readonly calls?: number;
  },
): void {
  countCalls(entry.calls, at, outcome, use.calls ?? 1);
  // A refused call is no use: what shows when a key was last used must not tell of one that ended long ago.
  if (outcome === "VALID") keepLastUse(entry.secrets, at, use);
}

function countCalls(calls: CallCount[], at: number, outcome: UsageOutcome, more: number): void {
  for (const count of calls) {
    if (count.outcome === outcome && at >= count.hour && at < count.hour + hourMs) {
      count.calls += more;
      return;
    }
  }
  calls.push({ hour: at - (at % hourMs), outcome, calls: more });
}

function keepLastUse(
  secrets: SecretUse[],
  at: number,
  {
    secretId,
    address,
    client,
  }: { readonly secretId: string; readonly address: string | null; readonly client: string | null },
): void {
  for (const last of secrets) {
    if (last.secretId !== secretId) continue;
    if (at < last.at) return;
    last.at = at;
    last.address = address;
    last.client = client;
    return;
  }
  secrets.push({ secretId, at, address, client });
}

/** What a client says of itself is shown to people: bounded, without controls, null when nothing is left. */
export function presentableClient(userAgent: string): string | null {
  const text = userAgent
    .slice(0, 2 * clientMaximum)
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "")
    .slice(0, clientMaximum)
    .toWellFormed()
    .trim();
  return text === "" ? null : text;
}
