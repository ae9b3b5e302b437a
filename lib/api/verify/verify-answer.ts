import { z } from "zod";
import { describeKnownVerdict } from "@/lib/core/keys/verification";
import type { KeyRate, LimitedVerdict } from "@/lib/verify/limits/take-from-key";
import type { Immutable } from "../operate/immutable";
import { keyStateFields } from "../shapes/presented-key-json";

const knownCodes = [
  "VALID",
  "EXPIRED",
  "PAUSED",
  "ROLLED",
  "REVOKED",
  "INSUFFICIENT_PERMISSIONS",
  "WRONG_NAMESPACE",
  "FORBIDDEN_IP",
  "RATE_LIMITED",
] as const;

const keyRateJson = z
  .strictObject({
    requests: z.int(),
    seconds: z.int(),
    remaining: z.int().meta({ description: "Requests left right now." }),
    reset_seconds: z.int().meta({ description: "Seconds until the full quota is available again." }),
    retry_after_seconds: z
      .int()
      .meta({ description: "0, or, when refused, seconds until the next request is allowed." }),
  })
  .meta({ id: "KeyRate", description: "The key's own rate limit, and what is left of it." });

export const verifyAnswerJson = z
  .union([
    z.strictObject({ valid: z.literal(false), code: z.enum(["MALFORMED", "UNKNOWN"]) }),
    z.strictObject({
      valid: z.boolean(),
      code: z.enum(knownCodes),
      ...keyStateFields,
      rate_limit: keyRateJson.optional().meta({
        description: "Present if the key has one and nothing else failed.",
      }),
    }),
  ])
  .meta({ id: "Verdict", description: "A key of another organization is UNKNOWN." });

type VerifyAnswer = Immutable<z.input<typeof verifyAnswerJson>>;

/**
 * The answer of `POST /v1/keys/verify`. For a malformed or unknown key it contains only the code, so keys of other
 * organizations look like keys that never existed.
 */
export function verifyAnswer(verdict: LimitedVerdict): VerifyAnswer {
  if (!("key" in verdict)) return { valid: false, code: verdict.code };
  if ("rate" in verdict) {
    return { ...describeKnownVerdict(verdict.key, verdict), rate_limit: rateJson(verdict.rate) };
  }
  return describeKnownVerdict(verdict.key, verdict);
}

function rateJson({ requests, seconds, remaining, resetSeconds, retryAfterSeconds }: KeyRate) {
  return {
    requests,
    seconds,
    remaining,
    reset_seconds: resetSeconds,
    retry_after_seconds: retryAfterSeconds,
  };
}
