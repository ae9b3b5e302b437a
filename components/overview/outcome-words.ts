import type { CallOutcome } from "@/lib/core/keys/usage-outcome";

/** Why calls were refused, as a heading. */
export const refusalWords: Readonly<Record<Exclude<CallOutcome, "VALID">, string>> = {
  EXPIRED: "Expired",
  PAUSED: "Paused",
  ROLLED: "Previous secret",
  REVOKED: "Revoked",
  WRONG_NAMESPACE: "Other namespace",
  FORBIDDEN_IP: "Address not allowed",
  INSUFFICIENT_PERMISSIONS: "Missing permission",
  RATE_LIMITED: "Rate limit reached",
  UNKNOWN: "Unknown key",
  MALFORMED: "Not a key",
};

/** Short forms of the reasons, for use inside a line. */
export const refusalShort: typeof refusalWords = {
  EXPIRED: "expired",
  PAUSED: "paused",
  ROLLED: "previous secret",
  REVOKED: "revoked",
  WRONG_NAMESPACE: "namespace",
  FORBIDDEN_IP: "address",
  INSUFFICIENT_PERMISSIONS: "permission",
  RATE_LIMITED: "rate limit",
  UNKNOWN: "unknown key",
  MALFORMED: "not a key",
};
