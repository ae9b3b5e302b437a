/**
 * The outcome of a call with a valid secret of a key: a verdict's code. Calls with a wrong secret are not counted for a
 * key, or anybody could inflate another key's counts.
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

/** What an organization's calls came to: also those that presented no key of the organization's. */
export const callOutcomes = [...usageOutcomes, "UNKNOWN", "MALFORMED"] as const;

export type CallOutcome = (typeof callOutcomes)[number];
