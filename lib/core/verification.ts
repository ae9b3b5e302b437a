import type { AccessLevel } from "./access-level";
import type { KeyType, Limit } from "./effective-permissions";
import { formatKeyId } from "./key-id";
import type { Namespace } from "./namespace";
import type { Permission } from "./permission";
import { unknownState } from "./unknown-state";
import type { KeySnapshot, KeyVerdict } from "./verdict";

/** What `POST /v1/keys/verify` says of a key to who presents a secret of it, or its public token. */
export type KnownKey = {
  readonly key_id: string;
  readonly name: string;
  readonly type: KeyType;
  readonly organization_id: string;
  readonly namespace: Namespace;
  readonly access_level: AccessLevel;
  /** The ids of its roles. */
  readonly roles: readonly string[];
  /** What it may do at this moment, all things considered; empty when it has ended. */
  readonly permissions: readonly Permission[];
  /** As RFC 3339 has it; null: it never expires. */
  readonly expires_at: string | null;
  readonly secret: "current" | "previous";
  readonly limited_by: readonly Limit[];
  /** When the key has one, and nothing else was wrong. */
  readonly rate_limit?: VerificationRate;
};

/** The key's own rate limit, and what is left of it. */
export type VerificationRate = {
  readonly requests: number;
  readonly seconds: number;
  /** How many more may be made now. */
  readonly remaining: number;
  /** In how many seconds it will be all of them again. */
  readonly reset_seconds: number;
  /** When the next may be made; 0 when it was not refused. */
  readonly retry_after_seconds: number;
};

/** The codes of a known key that is refused. */
export type RefusedCode =
  | "EXPIRED"
  | "ROLLED"
  | "REVOKED"
  | "WRONG_NAMESPACE"
  | "FORBIDDEN_IP"
  | "INSUFFICIENT_PERMISSIONS"
  | "RATE_LIMITED";

/** The answer to "is this key good, for this?": what `POST /v1/keys/verify` answers, member by member. */
export type Verification =
  | KnownVerification
  | { readonly valid: false; readonly code: "MALFORMED" | "UNKNOWN" };

export type KnownVerification =
  | ValidVerification
  | ({ readonly valid: false; readonly code: RefusedCode } & KnownKey);

export type ValidVerification = { readonly valid: true; readonly code: "VALID" } & KnownKey;

/** What is told of a key that was presented, whoever tells it. */
export function describeKey(
  key: KeySnapshot,
  state: {
    readonly secret: "current" | "previous";
    readonly permissions: readonly Permission[];
    readonly limits: readonly Limit[];
  },
): KnownKey {
  return {
    key_id: formatKeyId(key.id),
    name: key.name,
    type: key.type,
    organization_id: key.organizationId,
    namespace: { type: key.namespace.type, id: key.namespace.id },
    access_level: key.accessLevel,
    roles: key.roles.map((role) => role.id),
    permissions: state.permissions,
    expires_at: key.expiresAt?.toISOString() ?? null,
    secret: state.secret,
    limited_by: state.limits,
  };
}

type KnownVerdict = Exclude<KeyVerdict, { readonly code: "UNKNOWN" }>;

/** The verdict as it is told, wherever it was given. Of an unknown key it says nothing more. */
export function describeVerdict(key: KeySnapshot, verdict: KeyVerdict): Verification {
  return verdict.code === "UNKNOWN"
    ? { valid: false, code: verdict.code }
    : describeKnownVerdict(key, verdict);
}

/** As describeVerdict, where a secret of the key was presented. A key that has ended has no permissions. */
export function describeKnownVerdict(
  key: KeySnapshot,
  verdict: KnownVerdict | (Omit<KnownVerdict, "code"> & { readonly code: "RATE_LIMITED" }),
): KnownVerification {
  switch (verdict.code) {
    case "EXPIRED":
    case "ROLLED":
    case "REVOKED": {
      const ended = { secret: verdict.secret, permissions: [], limits: [] };
      return { valid: false, code: verdict.code, ...describeKey(key, ended) };
    }
    case "VALID":
      return { valid: true, code: verdict.code, ...describeKey(key, verdict) };
    case "WRONG_NAMESPACE":
    case "FORBIDDEN_IP":
    case "INSUFFICIENT_PERMISSIONS":
    case "RATE_LIMITED":
      return { valid: false, code: verdict.code, ...describeKey(key, verdict) };
    default:
      return unknownState(verdict);
  }
}
