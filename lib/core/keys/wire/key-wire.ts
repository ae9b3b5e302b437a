import type { AccessLevel } from "../../access/access-level";
import type { KeyType } from "../../access/effective-permissions";
import type { NamespaceType } from "../../access/namespace";
import type { KeyCreators, Permission } from "../../access/permission";
import type { JsonText } from "../../json/json-text";
import { readTime, readTimeOrNull } from "../../read-time";
import type { KeySnapshot } from "../verdict";

// The lines of JSON that the server and the client library exchange on `POST /v1/keys/stream`. The protocol is in
// docs/decisions/025; both ends change together, so the first line gives its version.
//
// Keys travel as arrays, which saves bytes. `toWireKey` writes their positions and `readWireKey` reads them;
// all other code uses names.

export const keyStreamVersion = 3;

/** Terms that many keys share. Sent once under a number that each key refers to. */
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
  readonly maximumLifetimeDays: number | null;
};

/** Times in milliseconds since the epoch, the hash in base64; `imported` only for the secret of an imported token. */
export type WireSecret = readonly [
  id: string,
  hash: string,
  pepperVersion: number,
  endsAt: number | null,
  imported?: true,
];

export type WireKey = readonly [
  id: string,
  name: string,
  subject: string | null,
  /** The JSON text as it was written. */
  metadata: string | null,
  /** The number of this key's WireTerms. */
  terms: number,
  createdAt: number,
  expiresAt: number | null,
  pausedAt: number | null,
  revokedAt: number | null,
  deletedAt: number | null,
  secrets: readonly WireSecret[],
  /** The verdict depends on something only the server knows, such as how often the key was used elsewhere. */
  mustAsk: boolean,
  /** CIDRs. Empty means any address. */
  allowedAddresses: readonly string[],
];

/** A WireKey with named fields, as the client keeps it. Created by `readWireKey`. */
export type SentKey = {
  readonly id: string;
  readonly name: string;
  readonly subject: string | null;
  readonly metadata: JsonText | null;
  readonly termsNumber: number;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly pausedAt: number | null;
  readonly revokedAt: number | null;
  readonly deletedAt: number | null;
  readonly secrets: readonly SentSecret[];
  readonly mustAsk: boolean;
  readonly allowedAddresses: readonly string[];
};

export type SentSecret = {
  readonly id: string;
  /** Base64. */
  readonly hash: string;
  readonly pepperVersion: number;
  readonly endsAt: number | null;
  /** Whether to find the key by this hash: an imported token does not contain a key id. */
  readonly imported: boolean;
};

/** How often a secret was used with one outcome. `agoMs` and `address` describe the last use. */
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
      /** By version, in base64: only the organization's own peppers, from which the server's cannot be derived. */
      readonly peppers: readonly (readonly [number, string])[];
    }
  | { readonly terms: readonly (readonly [number, WireTerms])[] }
  | { readonly keys: readonly WireKey[] }
  /** Forget these keys, or all keys created by these people, or every key; then acknowledge the number. */
  | {
      readonly changed: number;
      readonly keyIds: readonly string[];
      readonly userIds: readonly string[];
      readonly all: boolean;
    }
  /** All keys have been sent. */
  | { readonly loaded: true }
  /**
   * The response to a renewal: trust copies for this long, counted from when the renewal was sent; 0 means not at all.
   * `now` is the server's clock.
   */
  | { readonly lease: number; readonly ms: number; readonly now: number }
  /** The stream is over and its lease is void: reply `ended`. */
  | { readonly end: string };

export type ClientLine =
  | { readonly renew: number }
  | { readonly acknowledged: number }
  | { readonly used: readonly WireUse[] }
  /** The client no longer uses its copies. */
  | { readonly ended: true };

export function toWireTerms(key: KeySnapshot): WireTerms {
  const { type, accessLevel, namespace, roles, creatorId, creatorLevel, keyCreators, maximumLifetimeDays } =
    key;
  return {
    type,
    accessLevel,
    namespace: [namespace.type, namespace.id],
    roles: roles.map(({ id, publishable, permissions }) => [id, publishable, permissions]),
    creatorId,
    creatorLevel,
    keyCreators,
    maximumLifetimeDays,
  };
}

/** @param hashText base64 of a secret's hash */
export function toWireKey(key: KeySnapshot, terms: number, hashText: (hash: Uint8Array) => string): WireKey {
  const secrets = key.secrets.map(({ id, hash, pepperVersion, endsAt, imported }): WireSecret => {
    const secret = [id, hashText(hash), pepperVersion, time(endsAt)] as const;
    return imported ? [...secret, true] : secret;
  });
  const { id, name, subject, createdAt, expiresAt, pausedAt, revokedAt, deletedAt, allowedAddresses } = key;
  const times = [
    readTime(createdAt).getTime(),
    time(expiresAt),
    time(pausedAt),
    time(revokedAt),
    time(deletedAt),
  ] as const;
  const metadata = key.metadata?.text ?? null;
  return [
    ...([id, name, subject, metadata, terms] as const),
    ...times,
    secrets,
    key.rateLimit !== null,
    allowedAddresses,
  ];
}

/** @param hashBytes the inverse of `hashText` */
export function fromWire(
  {
    id,
    name,
    subject,
    metadata,
    createdAt,
    expiresAt,
    pausedAt,
    revokedAt,
    deletedAt,
    secrets,
    allowedAddresses,
  }: SentKey,
  { namespace, roles, ...terms }: WireTerms,
  organizationId: string,
  hashBytes: (text: string) => Uint8Array,
): KeySnapshot {
  return {
    id,
    organizationId,
    name,
    subject,
    metadata,
    ...terms,
    namespace: { type: namespace[0], id: namespace[1] },
    roles: roles.map(([id, publishable, permissions]) => ({
      id,
      publishable,
      permissions,
      title: "",
      description: "",
    })),
    createdAt: readTime(createdAt),
    expiresAt: readTimeOrNull(expiresAt),
    pausedAt: readTimeOrNull(pausedAt),
    revokedAt: readTimeOrNull(revokedAt),
    deletedAt: readTimeOrNull(deletedAt),
    allowedAddresses,
    // The server judges keys with a rate limit: see `mustAsk`.
    rateLimit: null,
    secrets: secrets.map(({ id, hash, pepperVersion, endsAt, imported }) => ({
      id,
      hash: hashBytes(hash),
      pepperVersion,
      endsAt: readTimeOrNull(endsAt),
      ...(imported ? { imported: true as const } : {}),
    })),
  };
}

/** Throws for an invalid date, which JSON would turn into null: a key that never expires. */
function time(date: Date | null): number | null {
  return date === null ? null : readTime(date).getTime();
}
