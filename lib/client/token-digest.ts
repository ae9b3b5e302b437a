import { hash } from "node:crypto";

/** SHA-256 of a token in UTF-8, as a binary string of 32 characters. */
export function digestOf(token: string): string {
  return hash("sha256", token, "binary");
}

/** The first 32 bits, for the hash table. Any bits of a digest are equally random. */
export function beginningOf(digest: string): number {
  return wordAt(digest, 0);
}

/**
 * A digest as eight numbers in the object itself. A string or array would add another memory access, and with a hundred
 * thousand tokens a lookup mostly waits for memory.
 */
export class TokenDigest {
  readonly beginning: number;
  readonly #second: number;
  readonly #third: number;
  readonly #fourth: number;
  readonly #fifth: number;
  readonly #sixth: number;
  readonly #seventh: number;
  readonly #eighth: number;

  constructor(digest: string) {
    this.beginning = wordAt(digest, 0);
    this.#second = wordAt(digest, 1);
    this.#third = wordAt(digest, 2);
    this.#fourth = wordAt(digest, 3);
    this.#fifth = wordAt(digest, 4);
    this.#sixth = wordAt(digest, 5);
    this.#seventh = wordAt(digest, 6);
    this.#eighth = wordAt(digest, 7);
  }

  /** Compares two digests in constant time. */
  isDigest(digest: string): boolean {
    const difference =
      (this.beginning ^ wordAt(digest, 0)) |
      (this.#second ^ wordAt(digest, 1)) |
      (this.#third ^ wordAt(digest, 2)) |
      (this.#fourth ^ wordAt(digest, 3)) |
      (this.#fifth ^ wordAt(digest, 4)) |
      (this.#sixth ^ wordAt(digest, 5)) |
      (this.#seventh ^ wordAt(digest, 6)) |
      (this.#eighth ^ wordAt(digest, 7));
    return difference === 0;
  }
}

function wordAt(digest: string, index: number): number {
  const at = 4 * index;
  return (
    digest.charCodeAt(at) |
    (digest.charCodeAt(at + 1) << 8) |
    (digest.charCodeAt(at + 2) << 16) |
    (digest.charCodeAt(at + 3) << 24)
  );
}
