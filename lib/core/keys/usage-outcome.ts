/**
 * The outcome of a call with a valid secret of a key: a verdict's code. Calls with a wrong secret are not counted, or
 * anybody could inflate another key's counts.
 */
export const usageOutcomes = [
  "VALID",
  "EXPIRED",
  "PAUSED",
  "ROLLED",
  "REVOKED",
  "WRONG_NAMESPACE",
  "FORBIDDEN_IP",
  "INSUFFICIENT_PERMISSIONS",
  "RATE_LIMITED",
] as const;

export type UsageOutcome = (typeof usageOutcomes)[number];
