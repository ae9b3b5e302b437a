import type { AccessLevel } from "../../access/access-level";
import type { EffectivePermissions, KeyType } from "../../access/effective-permissions";
import type { Namespace } from "../../access/namespace";
import type { KeyCreators } from "../../access/permission";
import type { Role } from "../../access/role";
import type { JsonText } from "../../json/json-text";
import type { KeyRateLimit } from "../key-rate-limit";
import type { KeySnapshot, SecretSnapshot } from "../verdict";
import type { KeySlab } from "./key-slab";
import type { KeyTerms } from "./key-terms";
import type { Rarity } from "./rarity";
import { nothing } from "./rarity";

/** A view of one record of a table. It shows the key as it was when stored, even if the key changes later. */
export class StoredKey implements KeySnapshot {
  readonly terms: KeyTerms;
  #rarity: Rarity | undefined;

  constructor(
    readonly id: string,
    readonly slab: KeySlab,
    readonly start: number,
  ) {
    this.terms = slab.termsOf(start);
  }

  get #rare(): Rarity {
    this.#rarity ??= this.slab.rarityOf(this.start);
    return this.#rarity;
  }

  /** The rare fields without the metadata, which no verdict depends on. */
  get #decisive(): Rarity {
    return this.slab.isPlain(this.start) ? nothing : this.#rare;
  }

  get name(): string {
    return this.slab.nameOf(this.start);
  }
  get subject(): string | null {
    return this.#rare.subject;
  }
  get metadata(): JsonText | null {
    return this.#rare.metadata?.json ?? null;
  }
  get organizationId(): string {
    return this.terms.organizationId;
  }
  get type(): KeyType {
    return this.terms.type;
  }
  get accessLevel(): AccessLevel {
    return this.terms.accessLevel;
  }
  get namespace(): Namespace {
    return this.terms.namespace;
  }
  get roles(): readonly Role[] {
    return this.terms.roles;
  }
  get roleIds(): readonly string[] {
    return this.terms.roleIds;
  }
  get creatorId(): string {
    return this.terms.creatorId;
  }
  get creatorLevel(): AccessLevel | null {
    return this.terms.creatorLevel;
  }
  get keyCreators(): KeyCreators {
    return this.terms.keyCreators;
  }
  get maximumLifetimeDays(): number | null {
    return this.terms.maximumLifetimeDays;
  }
  get importsKeys(): boolean {
    return this.terms.importsKeys;
  }
  get effective(): EffectivePermissions {
    return this.terms.effective;
  }
  get createdAt(): Date {
    return this.slab.createdAtOf(this.start);
  }
  get expiresAt(): Date | null {
    return this.slab.expiresAtOf(this.start);
  }
  get pausedAt(): Date | null {
    return dateOf(this.#decisive.pausedAt);
  }
  get revokedAt(): Date | null {
    return dateOf(this.#decisive.revokedAt);
  }
  get deletedAt(): Date | null {
    return dateOf(this.#decisive.deletedAt);
  }
  get allowedAddresses(): readonly string[] {
    return this.#decisive.allowedAddresses;
  }
  get rateLimit(): KeyRateLimit | null {
    return this.#decisive.rateLimit;
  }
  get secrets(): readonly SecretSnapshot[] {
    return this.slab.secretsOf(this.start);
  }
}

function dateOf(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}
