import type { ServerLine, WireKey, WireTerms } from "@/lib/core/key-wire";
import { parseToken } from "@/lib/token/format";
import type { Peppers } from "@/lib/token/secret";
import { tokenMatcher } from "@/lib/token/secret";
import { KeyCopy, Terms } from "./key-copy";
import { KnownToken } from "./known-token";
import { KnownTokens } from "./known-tokens";
import { digestOf } from "./token-digest";

/**
 * The copies of an organization's keys that a client judges by, as the server last told of them. Says nothing of
 * whether they may be trusted.
 *
 * That a token is a secret of a key is found by HMAC, twice a hash, and then remembered by the SHA-256 of the
 * token until the key changes. So there are at most as many digests as secrets, and no token.
 */
export class Copies {
  #copies = new Map<string, KeyCopy>();
  #terms = new Map<number, Terms>();
  #known = new KnownTokens();
  readonly #organizationId: string;
  readonly #peppers: Peppers;

  constructor(hello: Extract<ServerLine, { hello: number }>) {
    this.#organizationId = hello.organizationId;
    this.#peppers = {
      current: hello.currentPepper,
      byVersion: new Map(hello.peppers.map(([version, text]) => [version, Buffer.from(text, "base64")])),
    };
  }

  addTerms(terms: readonly (readonly [number, WireTerms])[]): void {
    for (const [number, wire] of terms) this.#terms.set(number, new Terms(wire, this.#organizationId));
  }

  add(keys: readonly WireKey[]): void {
    for (const wire of keys) {
      const terms = this.#terms.get(wire[2]);
      this.forget(wire[0]);
      if (terms !== undefined) this.#copies.set(wire[0], new KeyCopy(wire, terms));
    }
  }

  forget(keyId: string): void {
    for (const known of this.#copies.get(keyId)?.known ?? []) this.#known.delete(known);
    this.#copies.delete(keyId);
  }

  forgetOf(creatorIds: ReadonlySet<string>): void {
    if (creatorIds.size === 0) return;
    for (const [keyId, { terms }] of this.#copies) {
      if (creatorIds.has(terms.wire.creatorId)) this.forget(keyId);
    }
  }

  forgetAll(): void {
    this.#copies = new Map();
    this.#terms = new Map();
    this.#known = new KnownTokens();
  }

  /**
   * @param token of the length that tokens have
   * @param now by the server's clock
   * @returns null: the key is there and this is no secret of it; undefined: only the server can tell
   */
  find(token: string, now: number): KnownToken | null | undefined {
    const digest = digestOf(token);
    return this.#known.get(digest) ?? this.#identify(token, digest, now);
  }

  #identify(token: string, digest: string, now: number): KnownToken | null | undefined {
    const parsed = parseToken(token);
    const copy = parsed === null ? undefined : this.#copies.get(parsed.keyId);
    // What only the server can judge is not even looked at here.
    if (parsed === null || copy === undefined || copy.mustAsk) return undefined;
    const secret = copy.snapshot().secrets.find(tokenMatcher(token, this.#peppers));
    if (secret === undefined || parsed.type !== copy.terms.wire.type) return null;
    const known = new KnownToken(digest, copy, secret.id, now);
    copy.known = [...copy.known, known];
    this.#known.add(known);
    return known;
  }
}
