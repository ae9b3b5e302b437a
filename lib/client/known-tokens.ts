import type { KnownToken } from "./known-token";
import type { TokenDigest } from "./token-digest";
import { beginningOf } from "./token-digest";

const fewestChains = 1024;

/**
 * Known tokens by their digest: a hash table whose hash is the digest itself. It holds only correct tokens, so nobody
 * can make a chain long. A Map of strings would cost three more memory accesses per lookup.
 */
export class KnownTokens {
  /** The length is a power of two and at least twice the number of tokens, so most chains hold one token. */
  #chains = emptyChains(fewestChains);
  #size = 0;

  get(digest: string): KnownToken | undefined {
    let known = this.#chains[this.#chainOf(beginningOf(digest))];
    while (known && !known.isDigest(digest)) known = known.next;
    return known ?? undefined;
  }

  add(known: KnownToken): void {
    this.#size++;
    if (2 * this.#size > this.#chains.length) this.#grow();
    this.#link(known);
  }

  /** @param known a token that was added before */
  delete(known: TokenDigest): void {
    this.#size--;
    const chain = this.#chainOf(known.beginning);
    let before = this.#chains[chain] ?? null;
    if (before === known) this.#chains[chain] = before.next;
    while (before !== null && before.next !== known) before = before.next;
    if (before?.next) before.next = before.next.next;
  }

  #grow(): void {
    const chains = this.#chains;
    this.#chains = emptyChains(2 * chains.length);
    for (const first of chains) {
      for (let known = first; known !== null; ) {
        const { next }: KnownToken = known;
        this.#link(known);
        known = next;
      }
    }
  }

  #link(known: KnownToken): void {
    const chain = this.#chainOf(known.beginning);
    known.next = this.#chains[chain] ?? null;
    this.#chains[chain] = known;
  }

  #chainOf(beginning: number): number {
    return beginning & (this.#chains.length - 1);
  }
}

function emptyChains(count: number): (KnownToken | null)[] {
  return new Array<KnownToken | null>(count).fill(null);
}
