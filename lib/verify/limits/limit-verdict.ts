import type { RateState } from "@/lib/core/cell-rate";
import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";
import type { Loaded } from "../memory/loaded";
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
 * Takes one request from the key's limit if the verdict is VALID. A rejected verification takes nothing.
 *
 * @returns undefined when Redis has to be asked first
 */
export function limitVerdict(verdict: TokenVerdict, loaded: Loaded): LimitedVerdict | undefined {
  if (verdict.code !== "VALID" || verdict.key.rateLimit === null) return verdict;
  const { rateLimit } = verdict.key;
  const state = takeFromKey(verdict.key.id, rateLimit, "presented", loaded);
  if (state === undefined) return undefined;
  return {
    ...verdict,
    code: state.allowed ? "VALID" : "RATE_LIMITED",
    rate: { ...rateLimit, ...state },
  };
}
