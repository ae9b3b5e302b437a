import type { Awaitable } from "@/lib/core/awaitable";
import { whenKnown } from "@/lib/core/awaitable";
import type { RateState } from "@/lib/core/cell-rate";
import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";
import type { TokenVerdict } from "../verdict/judge-token";
import { takeFromKey } from "./take-from-key";

type KnownVerdict = Extract<TokenVerdict, { readonly secretId: string }>;

/** The key's limit, and what is left of it after this verification. */
export type KeyRate = KeyRateLimit & RateState;

/** A verdict that includes the key's own rate limit, if it has one. */
export type LimitedVerdict =
  | TokenVerdict
  | (Omit<KnownVerdict, "code"> & { readonly code: "VALID" | "RATE_LIMITED"; readonly rate: KeyRate });

/**
 * Takes one request from the key's limit if the verdict is VALID. A rejected verification takes nothing. Synchronous
 * without Redis.
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
