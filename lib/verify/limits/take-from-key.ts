import type { Awaitable } from "@/lib/core/awaitable";
import type { RateState } from "@/lib/core/cell-rate";
import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";
import { keepKeyRates } from "./kept-key-rates";
import { KeyRates } from "./key-rates";
import type { SharedKeyRates } from "./shared-key-rates";

const onThisNode = new KeyRates();
let onAllNodes: SharedKeyRates | undefined;

let stopKeeping: (() => Promise<void>) | undefined;

/** Restores the stored counts. With a Redis URL, requests are counted in Redis from then on. */
export async function openKeyRates({ redisUrl }: { readonly redisUrl: string | undefined }): Promise<void> {
  stopKeeping = await keepKeyRates(onThisNode);
  if (redisUrl === undefined) return;
  // The Redis client is five hundred modules, so it is loaded only when needed.
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
 * Takes one request from a key's own limit. Synchronous without Redis, so a verification from the cache waits for
 * nothing. While Redis does not answer, each node applies the limit on its own, which neither floods nor cuts off the
 * service behind it.
 *
 * @param keyId 16 characters, without `key_`
 */
export function takeFromKey(keyId: string, limit: KeyRateLimit): Awaitable<RateState> {
  if (onAllNodes === undefined) return onThisNode.take(keyId, limit);
  return onAllNodes.take(keyId, limit).then((state) => state ?? onThisNode.take(keyId, limit));
}
