import { SharedTexts } from "@/lib/core/json/shared-texts";
import { readWireKey } from "@/lib/core/keys/wire/check-wire";
import type { ServerLine, WireKey, WireTerms } from "@/lib/core/keys/wire/key-wire";
import type { ParsedToken } from "@/lib/token/format";
import { parseToken } from "@/lib/token/format";
import { importedText, mayBeImported, sha256Of } from "@/lib/token/imported-token";
import type { Peppers } from "@/lib/token/secret";
import { hashesOf, tokenMatcher } from "@/lib/token/secret";
import { KeyCopy, Terms } from "./key-copy";
import { KnownToken } from "./known-token";
import { KnownTokens } from "./known-tokens";
import { digestOf } from "./token-digest";

type Presented = ParsedToken & { readonly text: string };

/**
 * A client's copies of its organization's keys, as the server last sent them. LocalKeys decides whether they may
 * be trusted.
 *
 * A token is matched to a key's secret by HMAC, which costs two hashes, and then remembered by its SHA-256 until
 * the key changes. So memory holds at most one digest for each secret, and no token.
 */
export class Copies {
  #copies = new Map<string, KeyCopy>();
  /** The ids of keys with imported tokens, by the hash of the token in base64. */
  #imported = new Map<string, string>();
  #terms = new Map<number, Terms>();
  #metadata = new SharedTexts();
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
      const key = readWireKey(wire);
      const terms = this.#terms.get(key.termsNumber);
      this.forget(key.id);
      if (terms === undefined) continue;
      const metadata = key.metadata && this.#metadata.take(key.metadata);
      this.#copies.set(key.id, new KeyCopy(key, terms, metadata));
      for (const { imported, hash } of key.secrets) if (imported) this.#imported.set(hash, key.id);
    }
  }

  forget(keyId: string): void {
    const copy = this.#copies.get(keyId);
    if (copy === undefined) return;
    for (const known of copy.known) this.#known.delete(known);
    if (copy.metadata !== null) this.#metadata.giveBack(copy.metadata);
    for (const { imported, hash } of copy.key.secrets) if (imported) this.#imported.delete(hash);
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
    this.#imported = new Map();
    this.#terms = new Map();
    this.#metadata = new SharedTexts();
    this.#known = new KnownTokens();
  }

  /**
   * @param token no longer than the maximum
   * @param now by the server's clock
   * @returns null if this is a known key and the token is none of its secrets; undefined if only the server can tell
   */
  find(token: string, now: number): KnownToken | null | undefined {
    const digest = digestOf(token);
    return this.#known.get(digest) ?? this.#identify(token, digest, now);
  }

  #identify(token: string, digest: string, now: number): KnownToken | null | undefined {
    const presented = this.#read(token);
    const copy = presented === null ? undefined : this.#copies.get(presented.keyId);
    if (presented === null || copy === undefined || copy.key.mustAsk) return undefined;
    const secret = copy.snapshot().secrets.find(tokenMatcher(presented.text, this.#peppers));
    if (secret === undefined || presented.type !== copy.terms.wire.type) return null;
    const known = new KnownToken(digest, copy, secret.id, now);
    copy.known = [...copy.known, known];
    this.#known.add(known);
    return known;
  }

  /** The key that a token belongs to, and the text to hash for comparing it with the key's secrets. */
  #read(token: string): Presented | null {
    const parsed = parseToken(token);
    if (parsed !== null) return { ...parsed, text: token };
    if (this.#imported.size === 0 || !mayBeImported(token)) return null;
    const text = importedText(sha256Of(token));
    for (const { hash } of hashesOf(text, this.#peppers)) {
      const keyId = this.#imported.get(hash.toString("base64"));
      if (keyId !== undefined) return { keyId, type: "secret", text };
    }
    return null;
  }
}
