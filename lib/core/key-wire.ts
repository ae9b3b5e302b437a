import type { AccessLevel } from "./access-level";
import type { KeyType } from "./effective-permissions";
import type { NamespaceType } from "./namespace";
import type { KeyCreators, Permission } from "./permission";
import { readTime, readTimeOrNull } from "./read-time";
import type { KeySnapshot } from "./verdict";

// What the server and the client library say to each other on `POST /v1/keys/stream`, each a line of JSON. The
// protocol is in docs/decisions/025; both ends change together, so its version is the first thing said.

export const keyStreamVersion = 1;

/** What many keys have in common; sent once for all of them, under a number. */
export type WireTerms = {
  readonly type: KeyType;
  readonly accessLevel: AccessLevel;
  readonly namespace: readonly [NamespaceType, string];
  readonly roles: readonly (readonly [
    id: string,
    publishable: boolean,
    permissions: readonly Permission[],
  ])[];
  readonly creatorId: string;
  readonly creatorLevel: AccessLevel | null;
  readonly keyCreators: KeyCreators;
};

/** Times in milliseconds since the epoch, the hash in base64. */
export type WireSecret = readonly [id: string, hash: string, pepperVersion: number, endsAt: number | null];

export type WireKey = readonly [
  id: string,
  name: string,
  /** The number of its terms. */
  terms: number,
  expiresAt: number | null,
  revokedAt: number | null,
  deletedAt: number | null,
  secrets: readonly WireSecret[],
  /** Its verdict depends on what only the server knows, such as how often it was used elsewhere. */
  mustAsk: boolean,
  /** CIDRs; empty: from anywhere. */
  allowedAddresses: readonly string[],
];

/** How often a secret was used with one outcome; `agoMs` and `address` are those of the last time. */
export type WireUse = readonly [
  secretId: string,
  code: string,
  calls: number,
  agoMs: number,
  address: string | null,
];

export type ServerLine =
  | {
      readonly hello: number;
      readonly organizationId: string;
      readonly currentPepper: number;
      /** By version, in base64: the organization's own, from which the server's cannot be told. */
      readonly peppers: readonly (readonly [number, string])[];
    }
  | { readonly terms: readonly (readonly [number, WireTerms])[] }
  | { readonly keys: readonly WireKey[] }
  /** Forget these keys, those that these people created, or all; acknowledge the number. */
  | {
      readonly changed: number;
      readonly keyIds: readonly string[];
      readonly userIds: readonly string[];
      readonly all: boolean;
    }
  /** All keys were sent. */
  | { readonly loaded: true }
  /** The answer to a renewal: trusted for so long since that was sent; 0: not at all. `now` is the server's clock. */
  | { readonly lease: number; readonly ms: number; readonly now: number }
  /** The stream is over, and no lease of it counts: say `ended`. */
  | { readonly end: string };

export type ClientLine =
  | { readonly renew: number }
  | { readonly acknowledged: number }
  | { readonly used: readonly WireUse[] }
  /** It judges by no copy any more. */
  | { readonly ended: true };

export function toWireTerms(key: KeySnapshot): WireTerms {
  const { type, accessLevel, namespace, roles, creatorId, creatorLevel, keyCreators } = key;
  return {
    type,
    accessLevel,
    namespace: [namespace.type, namespace.id],
    roles: roles.map(({ id, publishable, permissions }) => [id, publishable, permissions]),
    creatorId,
    creatorLevel,
    keyCreators,
  };
}

/** @param hashText base64 of a secret's hash */
export function toWireKey(key: KeySnapshot, terms: number, hashText: (hash: Uint8Array) => string): WireKey {
  const secrets = key.secrets.map(
    ({ id, hash, pepperVersion, endsAt }): WireSecret => [id, hashText(hash), pepperVersion, time(endsAt)],
  );
  const { id, name, expiresAt, revokedAt, deletedAt, allowedAddresses } = key;
  const times = [time(expiresAt), time(revokedAt), time(deletedAt)] as const;
  return [id, name, terms, ...times, secrets, key.rateLimit !== null, allowedAddresses];
}

/** @param hashBytes the inverse of `hashText` */
export function fromWire(
  [id, name, , expiresAt, revokedAt, deletedAt, secrets, , allowedAddresses]: WireKey,
  { namespace, roles, ...terms }: WireTerms,
  organizationId: string,
  hashBytes: (text: string) => Uint8Array,
): KeySnapshot {
  return {
    id,
    organizationId,
    name,
    ...terms,
    namespace: { type: namespace[0], id: namespace[1] },
    roles: roles.map(([id, publishable, permissions]) => ({
      id,
      publishable,
      permissions,
      title: "",
      description: "",
    })),
    expiresAt: readTimeOrNull(expiresAt),
    revokedAt: readTimeOrNull(revokedAt),
    deletedAt: readTimeOrNull(deletedAt),
    allowedAddresses,
    // A key that has one is one to ask about, and not judged by its copy.
    rateLimit: null,
    secrets: secrets.map(([id, hash, pepperVersion, endsAt]) => ({
      id,
      hash: hashBytes(hash),
      pepperVersion,
      endsAt: readTimeOrNull(endsAt),
    })),
  };
}

/** JSON would make null of a time that is not valid. */
function time(date: Date | null): number | null {
  return date === null ? null : readTime(date).getTime();
}
