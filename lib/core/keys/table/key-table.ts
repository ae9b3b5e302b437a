import type { JsonText } from "../../json/json-text";
import { SharedTexts } from "../../json/shared-texts";
import type { KeySnapshot } from "../verdict";
import { KeyIndex, placeOf, slabNumberOf, startOf } from "./key-index";
import { bytesOf, KeySlab, marks } from "./key-slab";
import type { KeyTerms } from "./key-terms";
import { StoredKey } from "./stored-key";

/** An estimate of a key's memory without metadata; see docs/benchmarks.md. */
const bytesOfKey = 200;
const mostOfSlab = 1024;

/**
 * Keys by their id in little memory: records in slabs, found through an index of numbers. It holds up to `maximum`
 * keys; metadata counts as the number of keys that would take the same memory. When the table is full, the oldest slab
 * is dropped, and its recently read keys move to another one. Setting or deleting a key moves at most one slab's keys,
 * so no operation takes long.
 */
export class KeyTable {
  /** Slabs by their number. */
  readonly #slabs: (KeySlab | undefined)[] = [];
  readonly #freeNumbers: number[] = [];
  readonly #index = new KeyIndex(this.#slabs);
  /** Oldest first. */
  readonly #order = new Set<KeySlab>();
  /** The slab that receives new keys. */
  #current: KeySlab | undefined;
  /** Slabs that became full. `set` checks whether they are sparse. */
  readonly #full: KeySlab[] = [];
  readonly #metadata = new SharedTexts();
  readonly #share = (json: JsonText) => this.#metadata.take(json);
  readonly #ofSlab: number;
  #size = 0;

  /**
   * @param maximum the number of keys without metadata that it can hold
   * @param released called with terms that no key uses any more
   */
  constructor(
    readonly maximum = Number.POSITIVE_INFINITY,
    readonly released: (terms: KeyTerms) => void = () => {},
  ) {
    this.#ofSlab = Math.max(1, Math.min(mostOfSlab, Math.floor(maximum / 8)));
  }

  get size(): number {
    return this.#size;
  }

  /** How many different metadata texts its keys have. */
  get metadataSize(): number {
    return this.#metadata.size;
  }

  get slabCount(): number {
    return this.#order.size;
  }

  /** Undefined if the key is not here, or if its terms have changed. */
  get(keyId: string): StoredKey | undefined {
    const place = this.#index.find(keyId);
    if (place === -1) return undefined;
    const key = new StoredKey(keyId, this.#slabAt(place), startOf(place));
    if (key.terms.isStale) return undefined;
    key.slab.markUsed(key.start);
    return key;
  }

  /** Adds or replaces a key. @throws RangeError if it cannot be stored */
  set(key: KeySnapshot, terms: KeyTerms): StoredKey {
    // Count the new user first, so that dropping the key's old state does not release these terms.
    terms.users++;
    this.delete(key.id);
    const slab = this.#slabFor(bytesOf(key));
    const start = slab.add(key, terms, this.#share);
    this.#size++;
    this.#index.set(key.id, placeOf(slab, start));
    for (let full = this.#full.pop(); full !== undefined; full = this.#full.pop()) this.#tidy(full);
    while (this.#size + this.#metadata.characters / bytesOfKey > this.maximum) this.#evict();
    return new StoredKey(key.id, slab, start);
  }

  delete(keyId: string): void {
    const place = this.#index.find(keyId);
    if (place === -1) return;
    const slab = this.#slabAt(place);
    this.#index.delete(keyId);
    this.#drop(slab, startOf(place));
    if (slab !== this.#current) this.#tidy(slab);
  }

  /** Drops a record that is no longer in the index. */
  #drop(slab: KeySlab, start: number): void {
    const terms = slab.termsOf(start);
    const { metadata } = slab.rarityOf(start);
    slab.markDead(start);
    this.#size--;
    if (metadata !== null) this.#metadata.giveBack(metadata);
    terms.users--;
    if (terms.users === 0) this.released(terms);
  }

  /** Vacates a sparse slab. Otherwise a single key could keep a slab alive, and memory would grow with every change. */
  #tidy(slab: KeySlab): void {
    if (slab.isSparse && this.#order.has(slab)) this.#vacate(slab, () => true);
  }

  /** Keeps at most half of the slab's bytes: with every key in use, an eviction would otherwise free nothing. */
  #evict(): void {
    const [oldest] = this.#order;
    if (oldest === undefined) throw new Error("The table is full, and holds nothing");
    if (oldest === this.#current) this.#current = undefined;
    let room = oldest.livingBytes / 2;
    this.#vacate(oldest, (start) => {
      const isUsed = oldest.markOf(start) === marks.used;
      if (isUsed) room -= oldest.bytesAt(start);
      return isUsed && room >= 0;
    });
  }

  /** Moves the keys that stay to the current slab, and drops the rest with the slab. */
  #vacate(slab: KeySlab, stays: (start: number) => boolean): void {
    this.#order.delete(slab);
    for (const start of slab.starts()) {
      const keyId = slab.idOf(start);
      if (!slab.termsOf(start).isStale && stays(start)) {
        const to = this.#slabFor(slab.bytesAt(start));
        this.#index.set(keyId, placeOf(to, to.move(slab, start)));
      } else {
        this.#index.delete(keyId);
        this.#drop(slab, start);
      }
    }
    this.#slabs[slab.number] = undefined;
    this.#freeNumbers.push(slab.number);
  }

  #slabAt(place: number): KeySlab {
    const slab = this.#slabs[slabNumberOf(place)];
    if (slab === undefined) throw new Error("There is no such slab");
    return slab;
  }

  #slabFor(bytes: number): KeySlab {
    if (this.#current?.hasRoomFor(bytes) === true) return this.#current;
    if (this.#current !== undefined) this.#full.push(this.#current);
    const number = this.#freeNumbers.pop() ?? this.#slabs.length;
    const slab = new KeySlab(number, this.#ofSlab, bytes);
    this.#slabs[number] = slab;
    this.#order.add(slab);
    this.#current = slab;
    return slab;
  }
}
