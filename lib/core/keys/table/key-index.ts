/** A place packs the number of a slab and, in the low bits, the start of a record in units of 8 bytes. */
const startBits = 14;
/** A record must start before this. */
export const startsBefore = 8 << startBits;

export function placeOf(slab: { readonly number: number }, start: number): number {
  return (slab.number << startBits) | (start / 8);
}

export function slabNumberOf(place: number): number {
  return place >> startBits;
}

export function startOf(place: number): number {
  return (place & ((1 << startBits) - 1)) * 8;
}

/** An entry is a place plus one, or one of these. Probing stops at `nothing`. */
const nothing = 0;
const deleted = -1;

type Shard = { entries: Int32Array; filled: number; living: number };

/** A power of two. Each shard grows separately, so no single insertion takes long. */
const shardCount = 256;
const fewestEntries = 16;

/**
 * Finds places by key id: a hash table of numbers with linear probing. It holds only ids that Latchkey chose at random,
 * so nobody can make two of them collide.
 */
export class KeyIndex {
  readonly #shards = Array.from({ length: shardCount }, () => emptyShard(fewestEntries));
  /** The words of the id being looked up, and its hash. */
  readonly #words = new Int32Array(4);
  #hash = 0;

  constructor(readonly slabs: readonly ({ readonly words: Int32Array } | undefined)[]) {}

  /** @returns -1 if the key is not here */
  find(keyId: string): number {
    if (!this.#read(keyId)) return -1;
    const { entries } = this.#shard();
    const entry = entries[this.#slot(entries)] ?? nothing;
    return entry > 0 ? entry - 1 : -1;
  }

  /** @throws RangeError if the text is not a key id */
  set(keyId: string, place: number): void {
    if (!this.#read(keyId)) throw new RangeError("Not the id of a key");
    const shard = this.#shard();
    const slot = this.#slot(shard.entries);
    if (shard.entries[slot] === nothing) {
      shard.filled++;
      shard.living++;
    }
    shard.entries[slot] = place + 1;
    if (4 * shard.filled > 3 * shard.entries.length) this.#rebuild(shard);
  }

  delete(keyId: string): void {
    if (!this.#read(keyId)) return;
    const shard = this.#shard();
    const slot = this.#slot(shard.entries);
    if (shard.entries[slot] === nothing) return;
    shard.entries[slot] = deleted;
    shard.living--;
  }

  /** The slot with the id, or the empty slot where probing stops. */
  #slot(entries: Int32Array): number {
    const last = entries.length - 1;
    for (let slot = (this.#hash >>> 8) & last; ; slot = (slot + 1) & last) {
      const entry = entries[slot] ?? nothing;
      if (entry === nothing || (entry > 0 && this.#isAt(entry - 1))) return slot;
    }
  }

  #isAt(place: number): boolean {
    const words = this.slabs[slabNumberOf(place)]?.words;
    const at = startOf(place) / 4;
    return (
      words !== undefined &&
      words[at] === this.#words[0] &&
      words[at + 1] === this.#words[1] &&
      words[at + 2] === this.#words[2] &&
      words[at + 3] === this.#words[3]
    );
  }

  /** Rebuilds a shard without its deleted entries, and with room to grow. */
  #rebuild(shard: Shard): void {
    const { entries } = shard;
    let length = fewestEntries;
    while (length < 2 * shard.living) length *= 2;
    Object.assign(shard, emptyShard(length));
    for (const entry of entries) {
      if (entry <= 0) continue;
      this.#words.set(this.#wordsAt(entry - 1));
      this.#hash = hashOf(this.#words);
      shard.entries[this.#slot(shard.entries)] = entry;
      shard.filled++;
      shard.living++;
    }
  }

  #wordsAt(place: number): Int32Array {
    const at = startOf(place) / 4;
    return this.slabs[slabNumberOf(place)]?.words.subarray(at, at + 4) ?? this.#words;
  }

  #shard(): Shard {
    const shard = this.#shards[this.#hash & (shardCount - 1)];
    if (shard === undefined) throw new Error("There is no such shard");
    return shard;
  }

  #read(keyId: string): boolean {
    if (!readId(keyId, this.#words)) return false;
    this.#hash = hashOf(this.#words);
    return true;
  }
}

/** Writes the 16 characters of an id into four words. Returns false if the text is not a key id. */
export function readId(keyId: string, words: Int32Array): boolean {
  if (keyId.length !== 16) return false;
  let all = 0;
  for (let index = 0; index < 4; index++) {
    const at = 4 * index;
    const a = keyId.charCodeAt(at);
    const b = keyId.charCodeAt(at + 1);
    const c = keyId.charCodeAt(at + 2);
    const d = keyId.charCodeAt(at + 3);
    all |= a | b | c | d;
    words[index] = a | (b << 8) | (c << 16) | (d << 24);
  }
  return all < 128;
}

function hashOf(words: Int32Array): number {
  let hash = Math.imul(words[0] ?? 0, 0x9e3779b1) ^ Math.imul(words[1] ?? 0, 0x85ebca6b);
  hash ^= Math.imul(words[2] ?? 0, 0xc2b2ae35) ^ Math.imul(words[3] ?? 0, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function emptyShard(length: number): Shard {
  return { entries: new Int32Array(length), filled: 0, living: 0 };
}
