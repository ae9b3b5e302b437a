/** One answered verification. All times are microseconds on the machine's monotonic clock. */
export type Verification = {
  /** The index of the check that was sent. */
  readonly check: number;
  readonly node: number;
  readonly startedAt: number;
  readonly endedAt: number;
  /** The verdict in toldVerdict's form, or the HTTP status if there was none. */
  readonly verdict: string;
};

/** A change that gives a check another verdict. The changes of one check never overlap. */
export type Change = {
  readonly kind: string;
  readonly check: number;
  readonly askedAt: number;
  /** Infinity: the change was never answered, so it may or may not have happened. */
  readonly answeredAt: number;
  readonly verdict: string;
};

export type Violation = { readonly verification: Verification; readonly allowed: readonly string[] };

/**
 * The only rule: a verification that starts after a change was answered never gets the old verdict. While a change is
 * in flight both verdicts are correct. A missing answer is never wrong.
 *
 * @param initial the verdict of each check before all changes
 */
export function findViolations(
  initial: readonly string[],
  changes: readonly Change[],
  verifications: readonly Verification[],
): Violation[] {
  const byCheck = initial.map((verdict) => [{ askedAt: -Infinity, answeredAt: -Infinity, verdict }]);
  for (const change of [...changes].sort((a, b) => a.askedAt - b.askedAt))
    byCheck[change.check]?.push(change);
  return verifications.flatMap((verification) => {
    if (isNoAnswer(verification.verdict)) return [];
    const states = byCheck[verification.check] ?? [];
    const settled = states.findLastIndex(({ answeredAt }) => answeredAt < verification.startedAt);
    const allowed = states.filter(
      ({ askedAt }, index) => index >= settled && askedAt <= verification.endedAt,
    );
    const isRight = allowed.some(({ verdict }) => verdict === verification.verdict);
    return isRight ? [] : [{ verification, allowed: allowed.map(({ verdict }) => verdict) }];
  });
}

/** Is this a status such as 503 rather than a verdict? */
export function isNoAnswer(verdict: string): boolean {
  return /^\d/.test(verdict);
}
