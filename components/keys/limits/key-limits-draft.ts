import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";
import { sameRateLimit } from "@/lib/core/keys/key-rate-limit";
import type { KeyLimits } from "@/lib/services/keys/key-limits";

/** The state of a key's limit fields. */
export type KeyLimitsDraft = {
  /** Addresses and CIDRs, with any separators people use. */
  readonly addresses: string;
  /** Empty means no limit. */
  readonly requests: string;
  readonly seconds: number;
};

export const noLimits: KeyLimitsDraft = { addresses: "", requests: "", seconds: 60 };

export function limitsDraft({ allowedAddresses, rateLimit }: KeyLimits): KeyLimitsDraft {
  return {
    addresses: allowedAddresses.join("\n"),
    requests: rateLimit === null ? "" : String(rateLimit.requests),
    seconds: rateLimit?.seconds ?? noLimits.seconds,
  };
}

/** The limits this draft asks for; the server validates them. */
export function draftLimits({ addresses, requests, seconds }: KeyLimitsDraft) {
  return { allowedAddresses: draftAddresses(addresses), rateLimit: draftRate(requests, seconds) };
}

/**
 * Only the limits that the draft changes, so that saving a new name does not undo a limit that somebody else changed.
 */
export function changedDraftLimits(
  draft: KeyLimitsDraft,
  before: KeyLimits,
): Partial<ReturnType<typeof draftLimits>> {
  const { allowedAddresses, rateLimit } = draftLimits(draft);
  return {
    ...(allowedAddresses.join() === before.allowedAddresses.join() ? {} : { allowedAddresses }),
    ...(sameRateLimit(rateLimit, before.rateLimit) ? {} : { rateLimit }),
  };
}

export function draftAddresses(text: string): string[] {
  return text.split(/[\s,;]+/).filter((entry) => entry !== "");
}

/**
 * Reads digits, optionally grouped with spaces or commas. A point is invalid, as it could mean thousands or a fraction.
 */
function draftRate(text: string, seconds: number): KeyRateLimit | null {
  const digits = text.replace(/[\s,]/g, "");
  if (digits === "") return null;
  return { requests: /^\d+$/.test(digits) ? Number(digits) : Number.NaN, seconds };
}
