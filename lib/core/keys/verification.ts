import type { AccessLevel } from "../access/access-level";
import type { KeyType, Limit } from "../access/effective-permissions";
import type { Namespace } from "../access/namespace";
import type { Permission } from "../access/permission";
import type { JsonText } from "../json/json-text";
import { unknownState } from "../unknown-state";
import type { ExpirySetBy } from "./effective-end";
import { keyEnd } from "./effective-end";
import { formatKeyId } from "./key-id";
import type { KeySnapshot, KeyVerdict } from "./verdict";

/** What `POST /v1/keys/verify` says about a key when the caller presented its secret, or its public token. */
export type KnownKey = {
  readonly key_id: string;
  readonly name: string;
  readonly subject: string | null;
  readonly metadata: JsonText | null;
  readonly type: KeyType;
  readonly organization_id: string;
  readonly namespace: Namespace;
  readonly access_level: AccessLevel;
  /** Role ids. */
  readonly roles: readonly string[];
  /** Its current effective permissions; empty if the key has ended or is paused. */
  readonly permissions: readonly Permission[];
  /** Its effective end, in RFC 3339; null if it never expires. */
  readonly expires_at: string | null;
  /** Whether that is the key's own expiry or the organization's maximum lifetime; null if it never expires. */
  readonly expiry_set_by: ExpirySetBy | null;
  readonly secret: "current" | "previous";
  readonly limited_by: readonly Limit[];
  /** Present if the key has a rate limit and was not refused for another reason. */
  readonly rate_limit?: VerificationRate;
};

/** The key's own rate limit and what is left of it. */
export type VerificationRate = {
  readonly requests: number;
  readonly seconds: number;
  /** Requests left now. */
  readonly remaining: number;
  /** Seconds until all of them are available again. */
  readonly reset_seconds: number;
  /** Seconds until the next request is allowed; 0 if this one was. */
  readonly retry_after_seconds: number;
};

/** The codes for refusing a known key. */
export type RefusedCode =
  | "EXPIRED"
  | "PAUSED"
  | "ROLLED"
  | "REVOKED"
  | "WRONG_NAMESPACE"
  | "FORBIDDEN_IP"
  | "INSUFFICIENT_PERMISSIONS"
  | "RATE_LIMITED";

/** The answer to "may this key be used for this?": the response body of `POST /v1/keys/verify`. */
export type Verification =
  | KnownVerification
  | { readonly valid: false; readonly code: "MALFORMED" | "UNKNOWN" };

export type KnownVerification =
  | ValidVerification
  | ({ readonly valid: false; readonly code: RefusedCode } & KnownKey);

export type ValidVerification = { readonly valid: true; readonly code: "VALID" } & KnownKey;

type KeyState = {
  readonly secret: "current" | "previous";
  readonly permissions: readonly Permission[];
  readonly limits: readonly Limit[];
};

/** Describes a presented key. The server and the client library both use it. */
export function describeKey(key: KeySnapshot, state: KeyState): KnownKey {
  const { valid: _, code: __, ...known } = described(key, "VALID", state);
  return known;
}

type KnownVerdict = Exclude<KeyVerdict, { readonly code: "UNKNOWN" }>;

/** Describes a verdict, wherever it was made. An unknown key gets no details. */
export function describeVerdict(key: KeySnapshot, verdict: KeyVerdict): Verification {
  return verdict.code === "UNKNOWN"
    ? { valid: false, code: verdict.code }
    : describeKnownVerdict(key, verdict);
}

/**
 * Like `describeVerdict`, for a caller that presented a secret of the key. A key that has ended or is paused has no
 * permissions.
 */
export function describeKnownVerdict(
  key: KeySnapshot,
  verdict: KnownVerdict | (Omit<KnownVerdict, "code"> & { readonly code: "RATE_LIMITED" }),
): KnownVerification {
  switch (verdict.code) {
    case "EXPIRED":
    case "PAUSED":
    case "ROLLED":
    case "REVOKED":
      return described(key, verdict.code, { secret: verdict.secret, permissions: [], limits: [] });
    case "VALID":
    case "WRONG_NAMESPACE":
    case "FORBIDDEN_IP":
    case "INSUFFICIENT_PERMISSIONS":
    case "RATE_LIMITED":
      return described(key, verdict.code, verdict);
    default:
      return unknownState(verdict);
  }
}

/**
 * Fields are in the order of the response's JSON. One literal, because copying objects costs more than judging a key.
 */
function described(
  key: KeySnapshot,
  code: KnownVerification["code"],
  { permissions, secret, limits }: KeyState,
): KnownVerification {
  const end = keyEnd(key);
  return {
    valid: code === "VALID",
    code,
    key_id: formatKeyId(key.id),
    name: key.name,
    subject: key.subject,
    metadata: key.metadata,
    type: key.type,
    organization_id: key.organizationId,
    namespace: key.namespace,
    access_level: key.accessLevel,
    roles: key.roleIds ?? key.roles.map((role) => role.id),
    permissions,
    expires_at: end?.at.toISOString() ?? null,
    expiry_set_by: end?.setBy ?? null,
    secret,
    limited_by: limits,
  } as KnownVerification;
}
