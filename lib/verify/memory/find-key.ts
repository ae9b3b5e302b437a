import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { env } from "@/lib/env";
import { remember } from "@/lib/remember";
import { KeyCache } from "./key-cache";
import { loadKeySnapshots } from "./key-snapshot";
import type { Loaded } from "./loaded";
import { Memory } from "./memory";

function memory(): Memory<KeySnapshot, KeyCache> {
  return remember(
    "latchkeyKeyMemory",
    () => new Memory(new KeyCache(env().cachedKeys), loadKeySnapshots, "of keys"),
  );
}

/** The key; null if there is no such key, undefined if it must be loaded. */
export function findKey(keyId: string, loaded: Loaded): KeySnapshot | null | undefined {
  return memory().find("key", keyId, loaded);
}

/** The number of ids in this node's cache, including ids without a key. */
export function rememberedKeys(): number {
  return memory().kept.size;
}
