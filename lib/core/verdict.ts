import type { AccessLevel } from "./access-level";
import { allowsAddress } from "./address-range";
import type { EffectivePermissions, KeyType, Limit } from "./effective-permissions";
import { effectivePermissions } from "./effective-permissions";
import type { KeyRateLimit } from "./key-rate-limit";
import { keyStanding } from "./key-status";
import type { Namespace } from "./namespace";
import { sameNamespace } from "./namespace";
import type { KeyCreators, Permission } from "./permission";
import { hasCome } from "./read-time";
import type { Role } from "./role";
import { unknownState } from "./unknown-state";

/** One version of a key's credential, as far as a verdict needs it. */
export type SecretSnapshot = {
  readonly id: string;
  readonly hash: Uint8Array;
  readonly pepperVersion: number;
  /** Null for the current secret; for a rolled one, the moment it stops working. */
  readonly endsAt: Date | null;
};

/** All that a verdict depends on, and nothing that has to be fetched. */
export type KeySnapshot = {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly type: KeyType;
  readonly accessLevel: AccessLevel;
  readonly namespace: Namespace;
  readonly roles: readonly Role[];
  readonly creatorId: string;
  readonly creatorLevel: AccessLevel | null;
  readonly keyCreators: KeyCreators;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly deletedAt: Date | null;
  /** The CIDRs from which it may be used; none: from everywhere. */
  readonly allowedAddresses: readonly string[];
  /** Null: it may be used as often as it likes. No verdict counts; see lib/verify/limits/take-from-key. */
  readonly rateLimit: KeyRateLimit | null;
  /** Newest first. */
  readonly secrets: readonly SecretSnapshot[];
  /** Its effectivePermissions, where whoever keeps the snapshot has computed them. */
  readonly effective?: EffectivePermissions;
};

export type CredentialVerdict =
  | { readonly code: "UNKNOWN" }
  | {
      readonly code: "VALID" | "EXPIRED" | "ROLLED" | "REVOKED";
      readonly secretId: string;
      readonly secret: "current" | "previous";
    };

/**
 * Is the credential good at `now`? `matches` says whether the presented token is this secret; it must
 * compare in constant time. Who does not present a secret of the key learns nothing but UNKNOWN; a
 * deleted key answers as a revoked one to who holds its secret.
 */
export function judgeCredential(
  key: KeySnapshot,
  matches: (secret: SecretSnapshot) => boolean,
  now: Date,
): CredentialVerdict {
  const presented = key.secrets.filter(matches)[0];
  if (presented === undefined) return { code: "UNKNOWN" };
  const { id: secretId, endsAt } = presented;
  const code = codeOf(key, endsAt, now);
  return { code, secretId, secret: endsAt === null ? "current" : "previous" };
}

function codeOf(
  key: KeySnapshot,
  endsAt: Date | null,
  now: Date,
): "VALID" | "EXPIRED" | "ROLLED" | "REVOKED" {
  const standing = keyStanding(key, now);
  switch (standing) {
    case "deleted":
    case "revoked":
      return "REVOKED";
    case "expired":
      return "EXPIRED";
    case "live":
      return endsAt !== null && hasCome(endsAt, now) ? "ROLLED" : "VALID";
    default:
      return unknownState(standing);
  }
}

export type VerifyDemand = {
  /** Each of these must be among the effective permissions. */
  readonly permissions?: readonly Permission[] | undefined;
  /** When given, the key must belong to exactly this namespace. */
  readonly namespace?: Namespace | undefined;
  /** From where the key was presented. Not known, it is from nowhere that a key with an allowlist allows. */
  readonly address?: string | null | undefined;
};

export type KeyVerdict =
  | { readonly code: "UNKNOWN" }
  | {
      readonly code:
        | "VALID"
        | "EXPIRED"
        | "ROLLED"
        | "REVOKED"
        | "WRONG_NAMESPACE"
        | "FORBIDDEN_IP"
        | "INSUFFICIENT_PERMISSIONS";
      readonly secretId: string;
      readonly secret: "current" | "previous";
      readonly permissions: readonly Permission[];
      readonly limits: readonly Limit[];
    };

/** The whole answer to "is this key good, for this?", but for its rate limit. */
export function judgeKey(
  key: KeySnapshot,
  matches: (secret: SecretSnapshot) => boolean,
  demand: VerifyDemand,
  now: Date,
): KeyVerdict {
  const credential = judgeCredential(key, matches, now);
  if (credential.code === "UNKNOWN") return credential;
  const { secretId, secret } = credential;
  const { permissions, limits } = key.effective ?? effectivePermissions(key);
  const code = credential.code === "VALID" ? refusalOf(key, permissions, demand) : credential.code;
  return { code, secretId, secret, permissions, limits };
}

/** Of a key that is good: what it is not good for. */
function refusalOf(
  key: KeySnapshot,
  permissions: readonly Permission[],
  demand: VerifyDemand,
): "VALID" | "WRONG_NAMESPACE" | "FORBIDDEN_IP" | "INSUFFICIENT_PERMISSIONS" {
  if (demand.namespace !== undefined && !sameNamespace(demand.namespace, key.namespace)) {
    return "WRONG_NAMESPACE";
  }
  if (!allowsAddress(key.allowedAddresses, demand.address ?? null)) return "FORBIDDEN_IP";
  const lacks = demand.permissions?.some((permission) => !permissions.includes(permission));
  return lacks === true ? "INSUFFICIENT_PERMISSIONS" : "VALID";
}
