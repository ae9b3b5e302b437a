import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { env } from "@/lib/env";
import { remember } from "@/lib/remember";
import { isMemoryTrusted, onVerdictChanges } from "../changes/change-feed";
import type { CachedKey } from "./cached-key";
import { KeyCache } from "./key-cache";
import { loadKeySnapshots } from "./key-snapshot";
import { SnapshotLoader } from "./snapshot-loader";

type Memory = { readonly cache: KeyCache; readonly loader: SnapshotLoader };

function memory(): Memory {
  return remember<Memory>("latchkeyKeyMemory", () => {
    const cache = new KeyCache(env().cachedKeys);
    const loader = new SnapshotLoader(loadKeySnapshots, (keyId, key) => {
      if (isMemoryTrusted()) cache.set(keyId, key);
    });
    // Whatever is remembered or under way is younger than this, so no change is missed.
    onVerdictChanges((changes) => {
      cache.forget(changes);
      loader.forget(changes);
    });
    return { cache, loader };
  });
}

/**
 * The key as this node remembers it. Whatever was answered to whoever changed it before now, this knows.
 *
 * @returns null when it knows that there is no such key; undefined when it has to be asked for
 */
export function rememberedKey(keyId: string): CachedKey | null | undefined {
  return isMemoryTrusted() ? memory().cache.get(keyId) : undefined;
}

/** The key as the database has it. Rejects when the database cannot be asked. */
export function findKey(keyId: string): Promise<KeySnapshot | null> {
  return memory().loader.find(keyId, isMemoryTrusted());
}

/** How many keys this node remembers. */
export function rememberedKeys(): number {
  return memory().cache.size;
}
