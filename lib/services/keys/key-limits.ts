import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";
import { sameRateLimit } from "@/lib/core/keys/key-rate-limit";
import { changeDetails } from "@/lib/services/audit/record-audit-entry";

/** The addresses a key may be used from, and its rate limit. */
export type KeyLimits = {
  /** CIDRs; an empty list allows every address. */
  readonly allowedAddresses: readonly string[];
  readonly rateLimit: KeyRateLimit | null;
};

type LimitColumns = {
  readonly allowedAddresses: string[];
  readonly rateLimitRequests: number | null;
  readonly rateLimitSeconds: number | null;
};

export function limitColumns({ allowedAddresses, rateLimit }: KeyLimits): LimitColumns {
  return { allowedAddresses: [...allowedAddresses], ...rateColumns(rateLimit) };
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

/** The limits after a change, and the details for its audit entry; null if nothing changes. */
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
      ...(sameAddresses
        ? {}
        : changeDetails({ allowedAddresses: before.allowedAddresses }, { allowedAddresses })),
      ...(sameRate ? {} : changeDetails(rateColumns(before.rateLimit), rateColumns(rateLimit))),
    },
  };
}

function rateColumns(rateLimit: KeyRateLimit | null) {
  return { rateLimitRequests: rateLimit?.requests ?? null, rateLimitSeconds: rateLimit?.seconds ?? null };
}
