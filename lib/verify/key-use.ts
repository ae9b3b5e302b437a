const hourMs = 60 * 60 * 1000;
const clientMaximum = 200;

/** The uses of one key that the database has not been told of. */
export type KeyUse = {
  /** Calls by the start of their hour, in milliseconds since the epoch. */
  readonly calls: Map<number, number>;
  /** The last use by each secret, in milliseconds since the epoch. */
  readonly secrets: Map<string, number>;
  /** In milliseconds since the epoch; address and client are those of this use. */
  lastUsedAt: number;
  address: string | null;
  client: string | null;
};

export function newKeyUse(): KeyUse {
  return {
    calls: new Map(),
    secrets: new Map(),
    lastUsedAt: Number.NEGATIVE_INFINITY,
    address: null,
    client: null,
  };
}

export function addKeyUse(
  entry: KeyUse,
  use: { secretId: string; at: Date; address: string | null; client: string | null },
): void {
  const at = use.at.getTime();
  const hour = at - (at % hourMs);
  entry.calls.set(hour, (entry.calls.get(hour) ?? 0) + 1);
  entry.secrets.set(use.secretId, Math.max(entry.secrets.get(use.secretId) ?? at, at));
  if (at < entry.lastUsedAt) return;
  entry.lastUsedAt = at;
  entry.address = use.address;
  entry.client = use.client === null ? null : presentableClient(use.client);
}

/** Adds to `entry` what another count of the same key holds: calls add up, times only go forward. */
export function mergeKeyUse(entry: KeyUse, other: KeyUse): void {
  for (const [hour, calls] of other.calls) entry.calls.set(hour, (entry.calls.get(hour) ?? 0) + calls);
  for (const [secretId, at] of other.secrets) {
    entry.secrets.set(secretId, Math.max(entry.secrets.get(secretId) ?? at, at));
  }
  if (other.lastUsedAt <= entry.lastUsedAt) return;
  entry.lastUsedAt = other.lastUsedAt;
  entry.address = other.address;
  entry.client = other.client;
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
