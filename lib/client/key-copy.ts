import type { EffectivePermissions } from "@/lib/core/access/effective-permissions";
import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import type { SharedText } from "@/lib/core/json/shared-texts";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { checkWireTerms } from "@/lib/core/keys/wire/check-wire";
import type { SentKey, WireTerms } from "@/lib/core/keys/wire/key-wire";
import { fromWire } from "@/lib/core/keys/wire/key-wire";
import type { TokenDigest } from "./token-digest";

/** Terms that many keys share. What follows from the terms alone is computed once for all these keys. */
export class Terms {
  readonly wire: WireTerms;
  readonly organizationId: string;
  #effective: EffectivePermissions | undefined;
  #held: ReadonlySet<string> | undefined;

  constructor(wire: WireTerms, organizationId: string) {
    this.wire = checkWireTerms(wire);
    this.organizationId = organizationId;
  }

  /** The effective permissions of a key with these terms. */
  effectiveOf(key: KeySnapshot): EffectivePermissions {
    this.#effective ??= effectivePermissions(key);
    return this.#effective;
  }

  heldBy(key: KeySnapshot): ReadonlySet<string> {
    this.#held ??= new Set(this.effectiveOf(key).permissions);
    return this.#held;
  }
}

/** One key as the server sent it. There can be very many keys, so everything else is computed on demand. */
export class KeyCopy {
  readonly key: SentKey;
  readonly terms: Terms;
  /** Shared by all copies with the same metadata. */
  readonly metadata: SharedText | null;
  /** The tokens recognized as this key's so far. */
  known: readonly TokenDigest[] = none;

  constructor(key: SentKey, terms: Terms, metadata: SharedText | null) {
    // Replace the text that arrived with the key by the shared one, so that it is stored once.
    this.key = { ...key, metadata: metadata?.json ?? null };
    this.terms = terms;
    this.metadata = metadata;
  }

  snapshot(): KeySnapshot {
    const { wire, organizationId } = this.terms;
    const key = fromWire(this.key, wire, organizationId, (text) => Buffer.from(text, "base64"));
    return { ...key, effective: this.terms.effectiveOf(key) };
  }
}

const none: readonly TokenDigest[] = [];
