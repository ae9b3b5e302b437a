import type { AccessLevel } from "@/lib/core/access-level";
import type { EffectivePermissions, KeyType } from "@/lib/core/effective-permissions";
import { effectivePermissions } from "@/lib/core/effective-permissions";
import type { KeyRateLimit } from "@/lib/core/key-rate-limit";
import type { Namespace } from "@/lib/core/namespace";
import type { KeyCreators } from "@/lib/core/permission";
import type { Role } from "@/lib/core/role";
import type { KeySnapshot, SecretSnapshot } from "@/lib/core/verdict";

/** What many keys have in common: all that a change elsewhere (of a level, a role, a setting) can alter. */
export class KeyTerms {
  readonly organizationId: string;
  readonly type: KeyType;
  readonly accessLevel: AccessLevel;
  readonly namespace: Namespace;
  readonly roles: readonly Role[];
  readonly creatorId: string;
  readonly creatorLevel: AccessLevel | null;
  readonly keyCreators: KeyCreators;
  /** Something of it has changed: no key may be judged by it. */
  isStale = false;
  #effective: EffectivePermissions | undefined;

  constructor(
    key: KeySnapshot,
    /** The same for the same terms. */
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

  /** Depends on the terms alone, so it is computed once for all keys that have them. */
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

/** A key as it is remembered by the hundred thousand: few objects, times as numbers, secrets packed. */
export class CachedKey implements KeySnapshot {
  readonly id: string;
  readonly name: string;
  readonly #expiresAt: number | null;
  readonly #revokedAt: number | null;
  readonly #deletedAt: number | null;
  readonly #secrets: string;
  /** Null of a key without, as most are. */
  readonly #limits: Pick<KeySnapshot, "allowedAddresses" | "rateLimit"> | null;

  constructor(
    key: KeySnapshot,
    public terms: KeyTerms,
  ) {
    this.id = key.id;
    this.name = key.name;
    this.#expiresAt = key.expiresAt?.getTime() ?? null;
    this.#revokedAt = key.revokedAt?.getTime() ?? null;
    this.#deletedAt = key.deletedAt?.getTime() ?? null;
    this.#secrets = packSecrets(key.secrets);
    const { allowedAddresses, rateLimit } = key;
    const isLimited = allowedAddresses.length > 0 || rateLimit !== null;
    this.#limits = isLimited ? { allowedAddresses, rateLimit } : null;
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

function dateOf(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}

/** Of each secret: pepper version, end in milliseconds (NaN: none), 16 bytes of id, 32 of hash. */
const packedLength = 4 + 8 + 16 + 32;

/** One string of bytes takes a third of what objects, buffers and a UUID as text do. */
function packSecrets(secrets: readonly SecretSnapshot[]): string {
  const packed = Buffer.alloc(secrets.length * packedLength);
  secrets.forEach((secret, index) => {
    const start = index * packedLength;
    packed.writeInt32LE(secret.pepperVersion, start);
    packed.writeDoubleLE(secret.endsAt?.getTime() ?? Number.NaN, start + 4);
    packed.write(secret.id.replaceAll("-", ""), start + 12, "hex");
    packed.set(secret.hash, start + 28);
  });
  return packed.toString("latin1");
}

/** One of them, read where it is asked for: most of a secret is needed of the one that matches alone. */
class PackedSecret implements SecretSnapshot {
  readonly #packed: string;
  readonly #start: number;

  constructor(packed: string, start: number) {
    this.#packed = packed;
    this.#start = start;
  }

  #bytes(from: number, length: number): Buffer {
    const start = this.#start + from;
    return Buffer.from(this.#packed.slice(start, start + length), "latin1");
  }

  get pepperVersion(): number {
    return this.#bytes(0, 4).readInt32LE();
  }
  get endsAt(): Date | null {
    const endsAt = this.#bytes(4, 8).readDoubleLE();
    return Number.isNaN(endsAt) ? null : new Date(endsAt);
  }
  get id(): string {
    const id = this.#bytes(12, 16).toString("hex");
    return `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`;
  }
  get hash(): Buffer {
    return this.#bytes(28, 32);
  }
}

function unpackSecrets(packed: string): SecretSnapshot[] {
  const secrets: SecretSnapshot[] = [];
  for (let start = 0; start < packed.length; start += packedLength) {
    secrets.push(new PackedSecret(packed, start));
  }
  return secrets;
}
