import { hash } from "node:crypto";
import type { EffectivePermissions } from "@/lib/core/effective-permissions";
import { effectivePermissions } from "@/lib/core/effective-permissions";
import type { ServerLine, WireKey, WireTerms } from "@/lib/core/key-wire";
import { fromWire } from "@/lib/core/key-wire";
import type { KeySnapshot } from "@/lib/core/verdict";
import { parseToken } from "@/lib/token/format";
import type { Peppers } from "@/lib/token/secret";
import { tokenMatcher } from "@/lib/token/secret";

type Terms = { readonly wire: WireTerms; effective: EffectivePermissions | undefined };

/** A key as it came, and the digests of the tokens that were found to be its. */
type Copy = { readonly wire: WireKey; readonly terms: Terms; digests: readonly string[] };

/** A token that was found to be a secret of a key, without the token. */
export type Match = {
  readonly key: KeySnapshot;
  readonly secretId: string;
};

/**
 * The copies of an organization's keys that a client judges by, as the server last told of them. Says nothing of
 * whether they may be trusted.
 *
 * That a token is a secret of a key is found by HMAC, twice a hash, and then remembered by the SHA-256 of the
 * token until the key changes. So there are at most as many digests as secrets, and no token.
 *
 * @template Kept what is kept of each match
 */
export class Copies<Kept extends Match> {
  #copies = new Map<string, Copy>();
  #terms = new Map<number, Terms>();
  #matches = new Map<string, Kept>();
  readonly #organizationId: string;
  readonly #peppers: Peppers;
  readonly #keep: (match: Match) => Kept;

  constructor(hello: Extract<ServerLine, { hello: number }>, keep: (match: Match) => Kept) {
    this.#organizationId = hello.organizationId;
    this.#peppers = {
      current: hello.currentPepper,
      byVersion: new Map(hello.peppers.map(([version, text]) => [version, Buffer.from(text, "base64")])),
    };
    this.#keep = keep;
  }

  get size(): number {
    return this.#copies.size;
  }

  addTerms(terms: readonly (readonly [number, WireTerms])[]): void {
    for (const [number, wire] of terms) this.#terms.set(number, { wire, effective: undefined });
  }

  add(keys: readonly WireKey[]): void {
    for (const wire of keys) {
      const terms = this.#terms.get(wire[2]);
      this.forget(wire[0]);
      if (terms !== undefined) this.#copies.set(wire[0], { wire, terms, digests: [] });
    }
  }

  forget(keyId: string): void {
    for (const digest of this.#copies.get(keyId)?.digests ?? []) this.#matches.delete(digest);
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
    this.#matches = new Map();
  }

  /** Null: the key is there and this is no secret of it; undefined: only the server can tell. */
  find(token: string): Kept | null | undefined {
    const digest = hash("sha256", token, "binary");
    return this.#matches.get(digest) ?? this.#identify(token, digest);
  }

  #identify(token: string, digest: string): Kept | null | undefined {
    const parsed = parseToken(token);
    const copy = parsed === null ? undefined : this.#copies.get(parsed.keyId);
    // What only the server can judge is not even looked at here.
    if (parsed === null || copy === undefined || copy.wire[7]) return undefined;
    const key = this.#snapshot(copy);
    const isPresented = tokenMatcher(token, this.#peppers);
    const secret = key.secrets.find(isPresented);
    if (secret === undefined || parsed.type !== key.type) return null;
    const known = this.#keep({ key, secretId: secret.id });
    copy.digests = [...copy.digests, digest];
    this.#matches.set(digest, known);
    return known;
  }

  #snapshot({ wire, terms }: Copy): KeySnapshot {
    const key = fromWire(wire, terms.wire, this.#organizationId, (text) => Buffer.from(text, "base64"));
    terms.effective ??= effectivePermissions(key);
    return { ...key, effective: terms.effective };
  }
}
