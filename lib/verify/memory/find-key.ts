import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { env } from "@/lib/env";
import { remember } from "@/lib/remember";
import { isMemoryTrusted, onVerdictChanges } from "../changes/change-feed";
import type { CachedKey } from "./cached-key";
import { KeyCache } from "./key-cache";
import { loadKeySnapshots } from "./key-snapshot";
import { SnapshotLoader } from "./snapshot-loader";

type Memory = { readonly cache: KeyCache; readonly loader: SnapshotLoader<KeySnapshot> };

function memory(): Memory {
  return remember<Memory>("latchkeyKeyMemory", () => {
    const cache = new KeyCache(env().cachedKeys);
    const loader = new SnapshotLoader<KeySnapshot>(loadKeySnapshots, (keyId, key) => {
      if (isMemoryTrusted()) cache.set(keyId, key);
    });
    // The listener is added before the first key is loaded, so no change is missed.
    onVerdictChanges((changes) => {
      cache.forget(changes);
      loader.forget(changes);
    });
    return { cache, loader };
  });
}

/**
 * The key from this node's cache. It reflects every change whose author got an answer before this call.
 *
 * @returns null when the cache knows that there is no such key; undefined when the key must be loaded
 */
export function rememberedKey(keyId: string): CachedKey | null | undefined {
  return isMemoryTrusted() ? memory().cache.get(keyId) : undefined;
}

/** The key from the database. Rejects when the database does not answer. */
export function findKey(keyId: string): Promise<KeySnapshot | null> {
  return memory().loader.find(keyId, isMemoryTrusted());
}

/** The number of ids in this node's cache, including ids without a key. */
export function rememberedKeys(): number {
  return memory().cache.size;
}
