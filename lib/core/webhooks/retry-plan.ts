const seconds = [5, 30, 120, 600, 1200, 3600, 7200, 10_800, 14_400, 21_600, 25_200] as const;

/** The maximum number of attempts: the first one, and retries over a day. */
export const mostAttempts = seconds.length + 1;

const dayMs = 24 * 60 * 60 * 1000;
/** If an endpoint has failed for this long without a success, it is disabled when the next delivery is given up. */
const failingMs = 3 * dayMs;
/**
 * A delivery overdue for this long, because it waits for an earlier one about the same subject, is given up with it.
 */
export const longestWaitMs = 3 * dayMs;
/** How long after a rotation the previous secret also signs. */
export const previousSecretMs = dayMs;

/**
 * The delay after a failed attempt, in milliseconds; null to give up.
 *
 * @param attempts so far, at least 1
 * @param random from 0 to 1; spreads out retries of deliveries that failed together
 */
export function retryDelayMs(attempts: number, random: number): number | null {
  const delay = seconds[attempts - 1];
  return delay === undefined ? null : Math.round(delay * 1000 * (0.9 + 0.2 * random));
}

/** When an endpoint that has failed since then is disabled, unless a delivery succeeds. */
export function disabledAfter(failingSince: Date): Date {
  return new Date(failingSince.getTime() + failingMs);
}
