const seconds = [5, 30, 120, 600, 1200, 3600, 7200, 10_800, 14_400, 21_600, 25_200] as const;

/** The most attempts at a delivery: the first one, and retries for a day. */
export const mostAttempts = seconds.length + 1;

const dayMs = 24 * 60 * 60 * 1000;
/** An endpoint at which nothing succeeded for so long is disabled when the next delivery is given up. */
const failingMs = 3 * dayMs;
/** What has been due for so long, behind another message about the same subject, is given up with that one. */
export const longestWaitMs = 3 * dayMs;
/** How long the secret before a rotation signs too. */
export const previousSecretMs = dayMs;

/**
 * How long to wait after a failed attempt, in milliseconds; null to give up.
 *
 * @param attempts so far, at least 1
 * @param random from 0 to 1: spreads the retries of many deliveries that failed together
 */
export function retryDelayMs(attempts: number, random: number): number | null {
  const delay = seconds[attempts - 1];
  return delay === undefined ? null : Math.round(delay * 1000 * (0.9 + 0.2 * random));
}

/** When an endpoint that fails since then is disabled, unless a delivery succeeds. */
export function disabledAfter(failingSince: Date): Date {
  return new Date(failingSince.getTime() + failingMs);
}
