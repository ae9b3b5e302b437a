import type { AccessLevel } from "../access/access-level";
import type { EffectivePermissions, KeyType, Limit } from "../access/effective-permissions";
import { effectivePermissions } from "../access/effective-permissions";
import type { Namespace } from "../access/namespace";
import { sameNamespace } from "../access/namespace";
import type { KeyCreators, Permission } from "../access/permission";
import type { Role } from "../access/role";
import type { JsonText } from "../json/json-text";
import { hasCome } from "../read-time";
import { unknownState } from "../unknown-state";
import { allowsAddress } from "./address-range";
import type { KeyRateLimit } from "./key-rate-limit";
import type { KeyTimes } from "./key-status";
import { keyStanding } from "./key-status";

/** One version of a key's secret, as far as verdicts need it. */
export type SecretSnapshot = {
  readonly id: string;
  readonly hash: Uint8Array;
  readonly pepperVersion: number;
  /** Null for the current secret; for a previous one, when it stops working. */
  readonly endsAt: Date | null;
  /** Set for the secret of an imported token. The node's cache omits it, since no verdict depends on it. */
  readonly imported?: true;
};

/** Everything a verdict depends on, with nothing left to fetch. */
export type KeySnapshot = KeyTimes & {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  /** The customer's id for the key's holder. Like the metadata, it is only returned and affects no verdict. */
  readonly subject: string | null;
  readonly metadata: JsonText | null;
  readonly type: KeyType;
  readonly accessLevel: AccessLevel;
  readonly namespace: Namespace;
  readonly roles: readonly Role[];
  readonly creatorId: string;
  readonly creatorLevel: AccessLevel | null;
  readonly keyCreators: KeyCreators;
  /**
   * Whether the organization has imported keys, so that a token of any form may belong to one. Absent if it has none.
   */
  readonly importsKeys?: boolean;
  /** The CIDRs it may be used from; empty means any address. */
  readonly allowedAddresses: readonly string[];
  /** Null means unlimited. Verdicts do not count requests; see lib/verify/limits/take-from-key. */
  readonly rateLimit: KeyRateLimit | null;
  /** Newest first. */
  readonly secrets: readonly SecretSnapshot[];
  /** The key's effectivePermissions, if they were already computed. */
  readonly effective?: EffectivePermissions;
  /** The ids of its roles, if they were already collected. */
  readonly roleIds?: readonly string[];
};

export type CredentialVerdict =
  | { readonly code: "UNKNOWN" }
  | {
      readonly code: "VALID" | "EXPIRED" | "PAUSED" | "ROLLED" | "REVOKED";
      readonly secretId: string;
      readonly secret: "current" | "previous";
    };

/**
 * Is the credential valid at `now`? `matches` says whether the presented token is this secret; it must compare in
 * constant time. Without a valid secret the caller learns nothing but UNKNOWN. A caller with a deleted key's secret is
 * told it was revoked.
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
): "VALID" | "EXPIRED" | "PAUSED" | "ROLLED" | "REVOKED" {
  const standing = keyStanding(key, now);
  switch (standing) {
    case "deleted":
    case "revoked":
      return "REVOKED";
    case "expired":
      return "EXPIRED";
    case "paused":
      return "PAUSED";
    case "live":
      return endsAt !== null && hasCome(endsAt, now) ? "ROLLED" : "VALID";
    default:
      return unknownState(standing);
  }
}

export type VerifyDemand = {
  /** All of these must be among the key's effective permissions. */
  readonly permissions?: readonly Permission[] | undefined;
  /** If given, the key must belong to exactly this namespace. */
  readonly namespace?: Namespace | undefined;
  /** Where the key was used from. A key with an allowlist is refused if this is unknown. */
  readonly address?: string | null | undefined;
};

export type KeyVerdict =
  | { readonly code: "UNKNOWN" }
  | {
      readonly code:
        | "VALID"
        | "EXPIRED"
        | "PAUSED"
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

/** The full verdict on a key, except for its rate limit. */
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

/** Why a valid key may not be used for this request; null if it may. */
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
