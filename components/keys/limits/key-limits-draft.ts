import type { KeyRateLimit } from "@/lib/core/key-rate-limit";
import { sameRateLimit } from "@/lib/core/key-rate-limit";
import type { KeyLimits } from "@/lib/services/keys/key-limits";

/** What stands in the fields of a key's limits. */
export type KeyLimitsDraft = {
  /** Addresses and CIDRs, with anything between them that people put between such. */
  readonly addresses: string;
  /** Nothing: no limit. */
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

/** What a draft asks for, which the server says is possible or not. */
export function draftLimits({ addresses, requests, seconds }: KeyLimitsDraft) {
  return { allowedAddresses: draftAddresses(addresses), rateLimit: draftRate(requests, seconds) };
}

/**
 * The limits that the draft changes. Who edits a name must not put back limits that somebody else has changed
 * meanwhile.
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

/** Digits, perhaps grouped; a point could mean thousands or a fraction, so it is no number here. */
function draftRate(text: string, seconds: number): KeyRateLimit | null {
  const digits = text.replace(/[\s,]/g, "");
  if (digits === "") return null;
  return { requests: /^\d+$/.test(digits) ? Number(digits) : Number.NaN, seconds };
}
