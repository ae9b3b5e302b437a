/**
 * The outcome of a call with a valid secret of a key, as a verdict code. Calls with a wrong secret do not count, or
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

/** The outcomes of all calls that an organization's services verify, including calls without a valid key. */
export const callOutcomes = [...usageOutcomes, "UNKNOWN", "MALFORMED"] as const;

export type CallOutcome = (typeof callOutcomes)[number];
