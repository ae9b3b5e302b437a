import { rangeBeyond } from "@/lib/core/address-range";
import type { KeyRateLimit } from "@/lib/core/key-rate-limit";
import { sameRateLimit } from "@/lib/core/key-rate-limit";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

/** From where a key may be used, and how often. */
export type KeyLimits = {
  /** CIDRs; none: from everywhere. */
  readonly allowedAddresses: readonly string[];
  readonly rateLimit: KeyRateLimit | null;
};

type LimitColumns = {
  readonly allowedAddresses: string[];
  readonly rateLimitRequests: number | null;
  readonly rateLimitSeconds: number | null;
};

export function limitColumns({ allowedAddresses, rateLimit }: KeyLimits): LimitColumns {
  return {
    allowedAddresses: [...allowedAddresses],
    rateLimitRequests: rateLimit?.requests ?? null,
    rateLimitSeconds: rateLimit?.seconds ?? null,
  };
}

export function limitsOfKey({
  allowedAddresses,
  rateLimitRequests: requests,
  rateLimitSeconds: seconds,
}: LimitColumns): KeyLimits {
  return {
    allowedAddresses,
    rateLimit: requests === null || seconds === null ? null : { requests, seconds },
  };
}

/** What a change makes of the limits, and what the audit log tells of it; null when nothing. */
export function changedLimits(
  before: KeyLimits,
  change: { readonly [Name in keyof KeyLimits]?: KeyLimits[Name] | undefined },
) {
  const { allowedAddresses = before.allowedAddresses, rateLimit = before.rateLimit } = change;
  const sameAddresses = allowedAddresses.join() === before.allowedAddresses.join();
  const sameRate = sameRateLimit(rateLimit, before.rateLimit);
  if (sameAddresses && sameRate) return null;
  return {
    after: { allowedAddresses, rateLimit },
    details: {
      ...(sameAddresses ? {} : { allowedAddressesBefore: before.allowedAddresses, allowedAddresses }),
      ...(sameRate
        ? {}
        : {
            rateLimitRequestsBefore: before.rateLimit?.requests ?? null,
            rateLimitSecondsBefore: before.rateLimit?.seconds ?? null,
            rateLimitRequests: rateLimit?.requests ?? null,
            rateLimitSeconds: rateLimit?.seconds ?? null,
          }),
    },
  };
}

/**
 * Undefined asks for nothing, which is the caller's own for a new key and no change for another. A key that is bound to addresses binds others to none beyond its own; else who has stolen it, and can use it
 * in one place only, would make themselves another for everywhere. [P9]
 */
export function refuseAddresses(
  asked: readonly string[] | undefined,
  caller: { readonly allowedAddresses: readonly string[] },
): Failure | null {
  const own = caller.allowedAddresses;
  if (own.length === 0 || asked === undefined) return null;
  const beyond = asked.length === 0 ? "everywhere" : rangeBeyond(asked, own);
  if (beyond === undefined) return null;
  const message = `A key that is bound to addresses gives no access from beyond them: ${beyond}`;
  return failure("forbidden", `${message}.`, [{ field: "allowedAddresses", message }]);
}
