import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

type Share = { running: number; readonly waiting: (() => void)[] };

/** Limits how many tasks each subject, such as an organization, runs at once. Further ones wait, up to a maximum. */
export class Shares {
  readonly #shares = new Map<string, Share>();

  /** @param tooMany the message for a request whose subject has too many waiting already */
  constructor(
    readonly atOnce: number,
    readonly mostWaiting: number,
    readonly tooMany: string,
  ) {}

  /** Runs the work within the subject's limit, or refuses it. */
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
