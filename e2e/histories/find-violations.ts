/** One answered verification. All times are microseconds of the machine's one monotonic clock. */
export type Verification = {
  /** Which question was asked, of all that a history asks. */
  readonly check: number;
  readonly node: number;
  readonly startedAt: number;
  readonly endedAt: number;
  /** The code of the answer, or the status of what was no answer to the question. */
  readonly verdict: string;
};

/** Something that was done, after which a check has another verdict. Those of a check follow each other. */
export type Change = {
  readonly kind: string;
  readonly check: number;
  readonly askedAt: number;
  /** Infinity: nobody was ever told that it was done, so it may be or not. */
  readonly answeredAt: number;
  readonly verdict: string;
};

export type Violation = { readonly verification: Verification; readonly allowed: readonly string[] };

/**
 * The one rule: whoever starts to ask after a change was answered is never told what was before it. While
 * a change is under way both verdicts are right. Who gets no answer is told nothing wrong.
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

/** A status such as 503, rather than a verdict. */
export function isNoAnswer(verdict: string): boolean {
  return /^\d/.test(verdict);
}
