import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { env } from "@/lib/env";
import { remember } from "@/lib/remember";
import { isMemoryTrusted, onVerdictChanges } from "../changes/change-feed";
import { KeyCache } from "./key-cache";
import { loadKeySnapshots } from "./key-snapshot";
import type { Loaded } from "./loaded";
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
 * The key from this node's cache, or as it was loaded for this request. It reflects every change whose author got an
 * answer before the request arrived.
 *
 * @returns null if there is no such key; undefined if it must be loaded
 */
export function findKey(keyId: string, loaded: Loaded): KeySnapshot | null | undefined {
  const remembered = isMemoryTrusted() ? memory().cache.get(keyId) : undefined;
  if (remembered !== undefined) return remembered;
  return loaded.get(`key ${keyId}`, () => memory().loader.find(keyId, isMemoryTrusted()));
}

/** The number of ids in this node's cache, including ids without a key. */
export function rememberedKeys(): number {
  return memory().cache.size;
}
