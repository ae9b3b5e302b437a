import type { AccessLevel } from "@/lib/core/access/access-level";
import type { EffectivePermissions, KeyType } from "@/lib/core/access/effective-permissions";
import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import type { Namespace } from "@/lib/core/access/namespace";
import type { KeyCreators } from "@/lib/core/access/permission";
import type { Role } from "@/lib/core/access/role";
import type { JsonText } from "@/lib/core/json/json-text";
import type { SharedText } from "@/lib/core/json/shared-texts";
import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";
import type { KeySnapshot, SecretSnapshot } from "@/lib/core/keys/verdict";
import { readTime } from "@/lib/core/read-time";
import { packSecrets, unpackCreatedAt, unpackSecrets } from "./packed-secrets";

/** The part of a snapshot that many keys share: all that a change elsewhere (to a level, role or setting) can alter. */
export class KeyTerms {
  readonly organizationId: string;
  readonly type: KeyType;
  readonly accessLevel: AccessLevel;
  readonly namespace: Namespace;
  readonly roles: readonly Role[];
  readonly creatorId: string;
  readonly creatorLevel: AccessLevel | null;
  readonly keyCreators: KeyCreators;
  readonly importsKeys: boolean;
  readonly maximumLifetimeDays: number | null;
  /** Set when part of it has changed. A key must not be judged by stale terms. */
  isStale = false;
  #effective: EffectivePermissions | undefined;

  constructor(
    key: KeySnapshot,
    /** Equal for equal terms. */
    readonly fingerprint: string,
  ) {
    this.organizationId = key.organizationId;
    this.type = key.type;
    this.accessLevel = key.accessLevel;
    this.namespace = key.namespace;
    this.roles = key.roles;
    this.creatorId = key.creatorId;
    this.creatorLevel = key.creatorLevel;
    this.keyCreators = key.keyCreators;
    this.importsKeys = key.importsKeys === true;
    this.maximumLifetimeDays = key.maximumLifetimeDays;
  }

  /** Depends on the terms alone, so it is computed once for all their keys. */
  get effective(): EffectivePermissions {
    this.#effective ??= effectivePermissions(this);
    return this.#effective;
  }
}

export function termsFingerprint(key: KeySnapshot): string {
  const { organizationId, type, accessLevel, namespace, roles, creatorId, creatorLevel, keyCreators } = key;
  const { maximumLifetimeDays } = key;
  return JSON.stringify([
    ...[
      organizationId,
      type,
      accessLevel,
      namespace.type,
      namespace.id,
      creatorId,
      creatorLevel,
      keyCreators,
      maximumLifetimeDays,
      key.importsKeys === true,
    ],
    roles,
  ]);
}

/** A compact key, for a cache of hundreds of thousands: few objects, times as numbers, secrets packed into a string. */
export class CachedKey implements KeySnapshot {
  readonly id: string;
  readonly name: string;
  readonly subject: string | null;
  /** Shared by all keys of its generation with the same metadata. */
  sharedMetadata: SharedText | null;
  readonly #expiresAt: number | null;
  readonly #pausedAt: number | null;
  readonly #revokedAt: number | null;
  readonly #deletedAt: number | null;
  /** When the key was created, then its secrets, packed. */
  readonly #packed: string;
  /** Null for a key without limits, as most are. */
  readonly #limits: Pick<KeySnapshot, "allowedAddresses" | "rateLimit"> | null;

  constructor(
    key: KeySnapshot,
    public terms: KeyTerms,
    metadata: SharedText | null,
  ) {
    this.id = key.id;
    this.name = key.name;
    this.subject = key.subject;
    this.sharedMetadata = metadata;
    this.#expiresAt = timeOf(key.expiresAt);
    this.#pausedAt = timeOf(key.pausedAt);
    this.#revokedAt = timeOf(key.revokedAt);
    this.#deletedAt = timeOf(key.deletedAt);
    this.#packed = packSecrets(key);
    const { allowedAddresses, rateLimit } = key;
    const isLimited = allowedAddresses.length > 0 || rateLimit !== null;
    this.#limits = isLimited ? { allowedAddresses, rateLimit } : null;
  }

  get metadata(): JsonText | null {
    return this.sharedMetadata?.json ?? null;
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
  get createdAt(): Date {
    return unpackCreatedAt(this.#packed);
  }
  get expiresAt(): Date | null {
    return dateOf(this.#expiresAt);
  }
  get pausedAt(): Date | null {
    return dateOf(this.#pausedAt);
  }
  get revokedAt(): Date | null {
    return dateOf(this.#revokedAt);
  }
  get deletedAt(): Date | null {
    return dateOf(this.#deletedAt);
  }
  get allowedAddresses(): readonly string[] {
    return this.#limits?.allowedAddresses ?? everywhere;
  }
  get rateLimit(): KeyRateLimit | null {
    return this.#limits?.rateLimit ?? null;
  }
  get secrets(): readonly SecretSnapshot[] {
    return unpackSecrets(this.#packed);
  }
  get effective(): EffectivePermissions {
    return this.terms.effective;
  }
}

const everywhere: readonly string[] = [];

/** Throws on an invalid date: stored as NaN it would mean "never ends". */
function timeOf(date: Date | null): number | null {
  return date === null ? null : readTime(date).getTime();
}

function dateOf(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}
