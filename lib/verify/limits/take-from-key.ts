import type { RateState } from "@/lib/core/cell-rate";
import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";
import type { Loaded } from "../memory/loaded";
import type { TokenVerdict } from "../verdict/judge-token";
import { keepKeyRates } from "./kept-key-rates";
import { KeyRates } from "./key-rates";
import type { SharedKeyRates } from "./shared-key-rates";

const onThisNode = new KeyRates();
let onAllNodes: SharedKeyRates | undefined;

let stopKeeping: (() => Promise<void>) | undefined;

/** Restores the stored counts. If there is a Redis URL, requests are counted in Redis from then on. */
export async function openKeyRates({ redisUrl }: { readonly redisUrl: string | undefined }): Promise<void> {
  stopKeeping = await keepKeyRates(onThisNode);
  if (redisUrl === undefined) return;
  // The Redis client consists of five hundred modules, so it is loaded only when needed.
  const { SharedKeyRates } = await import("./shared-key-rates");
  onAllNodes = new SharedKeyRates(redisUrl);
  await onAllNodes.connect();
}

/** Call it while the database is still open. */
export async function closeKeyRates(): Promise<void> {
  await stopKeeping?.();
  stopKeeping = undefined;
  onAllNodes?.close();
  onAllNodes = undefined;
}

/**
 * Takes one request from a key's own limit. Without Redis, a cached verification waits for nothing. While Redis does
 * not answer, each node applies the limit on its own, which neither floods nor cuts off the service behind it.
 *
 * @param keyId 16 characters, without `key_`
 * @param role tells apart the two keys of one request, which may be the same key; each counts once
 * @returns undefined if Redis has to be asked first
 */
export function takeFromKey(
  keyId: string,
  limit: KeyRateLimit,
  role: "caller" | "presented",
  loaded: Loaded,
): RateState | undefined {
  const shared = onAllNodes;
  if (shared === undefined) return onThisNode.take(keyId, limit);
  return loaded.get(
    `limit of the ${role} key`,
    async () => (await shared.take(keyId, limit)) ?? onThisNode.take(keyId, limit),
  );
}

type KnownVerdict = Extract<TokenVerdict, { readonly secretId: string }>;

/** The key's limit, and what is left of it after this verification. */
export type KeyRate = KeyRateLimit & RateState;

/** A verdict that includes the key's own rate limit, if it has one. */
export type LimitedVerdict =
  | TokenVerdict
  | (Omit<KnownVerdict, "code"> & { readonly code: "VALID" | "RATE_LIMITED"; readonly rate: KeyRate });

/**
 * Takes one request from the key's limit if the verdict is VALID. A rejected verification takes nothing.
 *
 * @returns undefined if Redis has to be asked first
 */
export function limitVerdict(verdict: TokenVerdict, loaded: Loaded): LimitedVerdict | undefined {
  if (verdict.code !== "VALID" || verdict.key.rateLimit === null) return verdict;
  const { rateLimit } = verdict.key;
  const state = takeFromKey(verdict.key.id, rateLimit, "presented", loaded);
  if (state === undefined) return undefined;
  return {
    ...verdict,
    code: state.allowed ? "VALID" : "RATE_LIMITED",
    rate: { ...rateLimit, ...state },
  };
}
