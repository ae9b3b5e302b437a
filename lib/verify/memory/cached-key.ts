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
  }

  /** Depends on the terms alone, so it is computed once for all their keys. */
  get effective(): EffectivePermissions {
    this.#effective ??= effectivePermissions(this);
    return this.#effective;
  }
}

export function termsFingerprint(key: KeySnapshot): string {
  const { organizationId, type, accessLevel, namespace, roles, creatorId, creatorLevel, keyCreators } = key;
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
  readonly #secrets: string;
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
    this.#secrets = packSecrets(key.secrets);
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
    return unpackSecrets(this.#secrets);
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

/** The layout of a packed secret: pepper version, end in milliseconds (NaN for none), id as text, 32 bytes of hash. */
const endsAtOffset = 4;
const idOffset = endsAtOffset + 8;
const hashOffset = idOffset + 36;
const packedLength = hashOffset + 32;

/** One binary string takes a third of the memory that objects and buffers take. */
function packSecrets(secrets: readonly SecretSnapshot[]): string {
  const packed = Buffer.alloc(secrets.length * packedLength);
  secrets.forEach((secret, index) => {
    const start = index * packedLength;
    packed.writeInt32LE(secret.pepperVersion, start);
    packed.writeDoubleLE(timeOf(secret.endsAt) ?? Number.NaN, start + endsAtOffset);
    packed.write(secret.id, start + idOffset, "latin1");
    packed.set(secret.hash, start + hashOffset);
  });
  return packed.toString("latin1");
}

/** Numbers are read through this buffer: allocating one per number would cost more than the rest of the read. */
const scratch = Buffer.alloc(8);

/**
 * A view of one packed secret. Fields are decoded on access: most of them are needed only for the secret that matches.
 */
class PackedSecret implements SecretSnapshot {
  readonly #packed: string;
  readonly #start: number;

  constructor(packed: string, start: number) {
    this.#packed = packed;
    this.#start = start;
  }

  get pepperVersion(): number {
    return this.#number(0, 4).readInt32LE();
  }
  get endsAt(): Date | null {
    const endsAt = this.#number(endsAtOffset, 8).readDoubleLE();
    return Number.isNaN(endsAt) ? null : new Date(endsAt);
  }
  /** A slice shares the packed string's memory, so usage can hold the id until it is written without a copy. */
  get id(): string {
    const start = this.#start + idOffset;
    return this.#packed.slice(start, start + 36);
  }
  get hash(): Buffer {
    const start = this.#start + hashOffset;
    return Buffer.from(this.#packed.slice(start, start + 32), "latin1");
  }

  #number(offset: number, length: number): Buffer {
    const start = this.#start + offset;
    for (let index = 0; index < length; index++) scratch[index] = this.#packed.charCodeAt(start + index);
    return scratch;
  }
}

function unpackSecrets(packed: string): SecretSnapshot[] {
  const secrets: SecretSnapshot[] = [];
  for (let start = 0; start < packed.length; start += packedLength) {
    secrets.push(new PackedSecret(packed, start));
  }
  return secrets;
}
