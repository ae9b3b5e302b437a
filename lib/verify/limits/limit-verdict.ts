import type { Awaitable } from "@/lib/core/awaitable";
import { whenKnown } from "@/lib/core/awaitable";
import type { RateState } from "@/lib/core/cell-rate";
import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";
import type { TokenVerdict } from "../verdict/judge-token";
import { takeFromKey } from "./take-from-key";

type KnownVerdict = Extract<TokenVerdict, { readonly secretId: string }>;

/** What is left of the limit of the key, this verification taken off. */
export type KeyRate = KeyRateLimit & RateState;

/** A verdict on which the key's own limit was asked too, where it has one. */
export type LimitedVerdict =
  | TokenVerdict
  | (Omit<KnownVerdict, "code"> & { readonly code: "VALID" | "RATE_LIMITED"; readonly rate: KeyRate });

/**
 * Takes one request from the limit of the key, when all else is fine: a verification that is refused takes
 * nothing. Without Redis it answers at once.
 */
export function limitVerdict(verdict: TokenVerdict): Awaitable<LimitedVerdict> {
  if (verdict.code !== "VALID" || verdict.key.rateLimit === null) return verdict;
  const { rateLimit } = verdict.key;
  return whenKnown(takeFromKey(verdict.key.id, rateLimit), (state) => ({
    ...verdict,
    code: state.allowed ? "VALID" : "RATE_LIMITED",
    rate: { ...rateLimit, ...state },
  }));
}
