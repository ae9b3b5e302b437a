import type { JsonText } from "../../json/json-text";
import type { SharedText } from "../../json/shared-texts";
import { readTime } from "../../read-time";
import type { KeySnapshot, SecretSnapshot } from "../verdict";
import { readId, startsBefore } from "./key-index";
import type { KeyTerms } from "./key-terms";
import type { Extra, Rarity } from "./rarity";
import { extraOf, rarityOf, timeOf } from "./rarity";

// A record starts with 40 bytes: the id (16), creation and expiry as doubles, its position and the number of its terms,
// its state (secret count, plain flag, mark). Then follow its secrets, newest first, in 80 bytes each: end as a double,
// pepper version, id (36), hash (32). NaN means never.

const createdAt = 2;
const expiresAt = 3;
const position = 8;
const state = 9;
const headerBytes = 40;
const secretBytes = 80;
const secretPepper = 8;
const secretId = 12;
const secretHash = 48;

/** A dead record's space is not reused. A used record was read since it was added to its slab. */
export const marks = { dead: 0, unused: 1, used: 2 } as const;
export type Mark = (typeof marks)[keyof typeof marks];
const markBits = 2;
const plain = 1 << markBits;
const secretsShift = markBits + 1;
/** Bits for the position and for the number of the terms; a slab has fewer of either. */
const positionBits = 16;

const referencesPerKey = 2;

/**
 * Up to a thousand packed keys. A record's data is never overwritten, so a view of it keeps showing the key as it was,
 * even after the key changed or its slab was dropped.
 */
export class KeySlab {
  readonly bytes: Buffer;
  readonly words: Int32Array;
  readonly numbers: Float64Array;
  /** Two references per position, the name and the extra. They are adjacent, since they are read together. */
  readonly #references: unknown[];
  /** Few, since keys loaded together mostly share their terms. */
  readonly #terms: KeyTerms[] = [];
  #end = 0;
  #count = 0;
  /** The bytes that living records take. */
  livingBytes = 0;

  /**
   * @param number the slab's number in its table
   * @param most how many keys it has room for
   */
  constructor(
    readonly number: number,
    readonly most: number,
    leastBytes: number,
  ) {
    this.#references = new Array(referencesPerKey * most);
    this.bytes = Buffer.from(new ArrayBuffer(Math.max(most * (headerBytes + secretBytes), leastBytes)));
    this.words = new Int32Array(this.bytes.buffer);
    this.numbers = new Float64Array(this.bytes.buffer);
  }

  hasRoomFor(bytes: number): boolean {
    return this.#count < this.most && this.#end < startsBefore && this.#end + bytes <= this.bytes.length;
  }

  /** Whether most of its bytes belong to dead records. */
  get isSparse(): boolean {
    return 2 * this.livingBytes < this.#end;
  }

  /** @returns the start of the new record. @throws RangeError for a time or an id that cannot be stored */
  add(key: KeySnapshot, terms: KeyTerms, share: (json: JsonText) => SharedText): number {
    const times = [readTime(key.createdAt).getTime(), timeOf(key.expiresAt)];
    const ends = key.secrets.map(({ endsAt }) => timeOf(endsAt));
    if (!readId(key.id, idWords) || !key.secrets.every(fits)) throw new RangeError("Not an id or a hash");
    const extra = extraOf(key, share);
    const start = this.#begin(bytesOf(key));
    this.words.set(idWords, start / 4);
    this.numbers.set(times, start / 8 + createdAt);
    for (const [index, secret] of key.secrets.entries()) {
      const at = start + headerBytes + index * secretBytes;
      this.numbers[at / 8] = ends[index] ?? 0;
      this.words[(at + secretPepper) / 4] = secret.pepperVersion;
      this.bytes.write(secret.id, at + secretId, "latin1");
      this.bytes.set(secret.hash, at + secretHash);
    }
    const isPlain = extra === null || !("rateLimit" in extra);
    const flags = (key.secrets.length << secretsShift) | (isPlain ? plain : 0);
    this.#finish(start, flags, terms, key.name, extra);
    return start;
  }

  /** Copies a record from another slab. */
  move(from: KeySlab, start: number): number {
    const bytes = from.bytesAt(start);
    const to = this.#begin(bytes);
    from.bytes.copy(this.bytes, to, start, start + bytes);
    const place = from.#placeOf(start);
    const flags = from.#flagsOf(start) & -plain;
    this.#finish(to, flags, from.termsOf(start), from.#references[place], from.#references[place + 1]);
    return to;
  }

  #begin(bytes: number): number {
    const start = this.#end;
    this.#end += bytes;
    return start;
  }

  #finish(start: number, flags: number, terms: KeyTerms, name: unknown, extra: unknown): void {
    let number = this.#terms.lastIndexOf(terms);
    if (number === -1) number = this.#terms.push(terms) - 1;
    const count = this.#count++;
    this.words[start / 4 + position] = (number << positionBits) | count;
    this.words[start / 4 + state] = flags | marks.unused;
    this.#references[referencesPerKey * count] = name;
    this.#references[referencesPerKey * count + 1] = extra;
    this.livingBytes += this.bytesAt(start);
  }

  /** The starts of all living records. */
  *starts(): Generator<number> {
    for (let start = 0; start < this.#end; start += this.bytesAt(start)) {
      if (this.markOf(start) !== marks.dead) yield start;
    }
  }

  bytesAt(start: number): number {
    return headerBytes + this.#secretsOf(start) * secretBytes;
  }

  markOf(start: number): Mark {
    return (this.#flagsOf(start) & (plain - 1)) as Mark;
  }

  /** Writes only the first time, since a record may be read often. */
  markUsed(start: number): void {
    if (this.markOf(start) === marks.unused) this.#mark(start, marks.used);
  }

  markDead(start: number): void {
    this.livingBytes -= this.bytesAt(start);
    this.#mark(start, marks.dead);
  }

  #mark(start: number, mark: Mark): void {
    this.words[start / 4 + state] = (this.#flagsOf(start) & -plain) | mark;
  }

  idOf(start: number): string {
    return this.bytes.toString("latin1", start, start + 16);
  }

  nameOf(start: number): string {
    return this.#references[this.#placeOf(start)] as string;
  }

  termsOf(start: number): KeyTerms {
    const terms = this.#terms[(this.words[start / 4 + position] ?? 0) >>> positionBits];
    if (terms === undefined) throw new Error("There are no such terms");
    return terms;
  }

  /** Whether the key has no Rarity, except perhaps metadata. A flag in the record saves a memory access. */
  isPlain(start: number): boolean {
    return (this.#flagsOf(start) & plain) !== 0;
  }

  rarityOf(start: number): Rarity {
    return rarityOf(this.#references[this.#placeOf(start) + 1] as Extra);
  }

  createdAtOf(start: number): Date {
    return new Date(this.numbers[start / 8 + createdAt] ?? Number.NaN);
  }

  expiresAtOf(start: number): Date | null {
    return timeAt(this.numbers, start / 8 + expiresAt);
  }

  secretsOf(start: number): SecretSnapshot[] {
    const secrets: SecretSnapshot[] = [];
    const end = start + this.bytesAt(start);
    for (let at = start + headerBytes; at < end; at += secretBytes) secrets.push(new StoredSecret(this, at));
    return secrets;
  }

  #placeOf(start: number): number {
    return referencesPerKey * this.#positionOf(start);
  }

  #positionOf(start: number): number {
    return (this.words[start / 4 + position] ?? 0) & ((1 << positionBits) - 1);
  }

  #secretsOf(start: number): number {
    return this.#flagsOf(start) >> secretsShift;
  }

  #flagsOf(start: number): number {
    return this.words[start / 4 + state] ?? 0;
  }
}

/** A view of one secret. Fields are decoded on access: most of them are needed only for the secret that matches. */
class StoredSecret implements SecretSnapshot {
  readonly #slab: KeySlab;
  readonly #start: number;

  constructor(slab: KeySlab, start: number) {
    this.#slab = slab;
    this.#start = start;
  }

  get endsAt(): Date | null {
    return timeAt(this.#slab.numbers, this.#start / 8);
  }
  get pepperVersion(): number {
    return this.#slab.words[(this.#start + secretPepper) / 4] ?? 0;
  }
  get id(): string {
    return this.#slab.bytes.toString("latin1", this.#start + secretId, this.#start + secretHash);
  }
  get hash(): Uint8Array {
    return this.#slab.bytes.subarray(this.#start + secretHash, this.#start + secretBytes);
  }
}

/** The bytes that a key's record takes. */
export function bytesOf({ secrets }: Pick<KeySnapshot, "secrets">): number {
  return headerBytes + secrets.length * secretBytes;
}

/** @param at the index, in doubles */
function timeAt(numbers: Float64Array, at: number): Date | null {
  const time = numbers[at] ?? Number.NaN;
  return Number.isNaN(time) ? null : new Date(time);
}

const idWords = new Int32Array(4);

function fits({ id, hash }: SecretSnapshot): boolean {
  return id.length === secretHash - secretId && hash.length === secretBytes - secretHash;
}
