import { z } from "zod";
import { usageOutcomes } from "@/lib/core/keys/usage-outcome";
import { describeKnownVerdict } from "@/lib/core/keys/verification";
import type { LimitedVerdict } from "@/lib/verify/limits/take-from-key";
import type { Immutable } from "../operate/immutable";
import { keyStateFields } from "../shapes/presented-key-json";

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
      code: z.enum(usageOutcomes),
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
  const described = describeKnownVerdict(verdict.key, verdict);
  if (!("rate" in verdict)) return described;
  const {
    resetSeconds: reset_seconds,
    retryAfterSeconds: retry_after_seconds,
    allowed: _,
    ...rate
  } = verdict.rate;
  return { ...described, rate_limit: { ...rate, reset_seconds, retry_after_seconds } };
}
