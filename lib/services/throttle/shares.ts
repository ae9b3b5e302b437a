import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

type Share = { running: number; readonly waiting: (() => void)[] };

/** Lets each subject, such as an organization, do so much at once. The rest waits, up to a bound. */
export class Shares {
  readonly #shares = new Map<string, Share>();

  /** @param tooMany what a request is told when too many of its subject wait already */
  constructor(
    readonly atOnce: number,
    readonly mostWaiting: number,
    readonly tooMany: string,
  ) {}

  /** Runs the work within the subject's share, or refuses it. */
  async run<T>(subject: string, work: () => Promise<T>): Promise<T | Failure> {
    const share = this.#shares.get(subject) ?? { running: 0, waiting: [] };
    this.#shares.set(subject, share);
    if (share.running < this.atOnce) share.running++;
    else {
      if (share.waiting.length >= this.mostWaiting) {
        return { ...failure("rate_limited", this.tooMany), retryAfterSeconds: 1 };
      }
      // Finished work hands its slot to the next, which leaves `running` unchanged.
      await new Promise<void>((resolve) => share.waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = share.waiting.shift();
      if (next !== undefined) next();
      else if (--share.running === 0) this.#shares.delete(subject);
    }
  }
}
