import { checkWireKey, checkWireTerms } from "@/lib/core/check-wire";
import type { EffectivePermissions } from "@/lib/core/effective-permissions";
import { effectivePermissions } from "@/lib/core/effective-permissions";
import type { WireKey, WireTerms } from "@/lib/core/key-wire";
import { fromWire } from "@/lib/core/key-wire";
import type { KeySnapshot } from "@/lib/core/verdict";
import type { TokenDigest } from "./token-digest";

/** What many keys have in common, and what follows from it alone, worked out once for all of them. */
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

/** A key as it came. There can be very many, so all else is made when it is needed. */
export class KeyCopy {
  readonly wire: WireKey;
  readonly terms: Terms;
  /** The tokens that were found to be its. */
  known: readonly TokenDigest[] = none;

  constructor(wire: WireKey, terms: Terms) {
    this.wire = checkWireKey(wire);
    this.terms = terms;
  }

  /** Its verdict depends on what only the server knows. */
  get mustAsk(): boolean {
    return this.wire[7];
  }

  snapshot(): KeySnapshot {
    const { wire, organizationId } = this.terms;
    const key = fromWire(this.wire, wire, organizationId, (text) => Buffer.from(text, "base64"));
    return { ...key, effective: this.terms.effectiveOf(key) };
  }
}

const none: readonly TokenDigest[] = [];
