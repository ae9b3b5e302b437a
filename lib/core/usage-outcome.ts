/**
 * What came of a call with a right secret of a key: a verdict's code. Who presents no secret of the key is not
 * among them, since anybody could then fill another's counts.
 */
export const usageOutcomes = [
  "VALID",
  "EXPIRED",
  "ROLLED",
  "REVOKED",
  "WRONG_NAMESPACE",
  "FORBIDDEN_IP",
  "INSUFFICIENT_PERMISSIONS",
  "RATE_LIMITED",
] as const;

export type UsageOutcome = (typeof usageOutcomes)[number];
