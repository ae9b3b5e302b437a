import { z } from "zod";
import type { TokenVerdict } from "@/lib/verify/judge-token";
import type { Immutable } from "./immutable";
import { keyJson, keyStateFields } from "./key-json";

const knownCodes = [
  "VALID",
  "EXPIRED",
  "ROLLED",
  "REVOKED",
  "INSUFFICIENT_PERMISSIONS",
  "WRONG_NAMESPACE",
] as const;

export const verifyAnswerJson = z
  .union([
    z.strictObject({ valid: z.literal(false), code: z.enum(["MALFORMED", "UNKNOWN"]) }),
    z.strictObject({ valid: z.boolean(), code: z.enum(knownCodes), ...keyStateFields }),
  ])
  .meta({ id: "Verdict", description: "A key of another organization is UNKNOWN." });

type VerifyAnswer = Immutable<z.input<typeof verifyAnswerJson>>;

/**
 * The answer of `POST /v1/keys/verify`. Of a malformed or unknown key it says nothing more, so that keys
 * of other organizations look like keys that never were; one that has ended has no permissions. [J3]
 */
export function verifyAnswer(verdict: TokenVerdict): VerifyAnswer {
  const { code } = verdict;
  switch (code) {
    case "MALFORMED":
    case "UNKNOWN":
      return { valid: false, code };
    case "EXPIRED":
    case "ROLLED":
    case "REVOKED":
      return {
        valid: false,
        code,
        ...keyJson(verdict.key, { secret: verdict.secret, permissions: [], limits: [] }),
      };
    case "WRONG_NAMESPACE":
    case "INSUFFICIENT_PERMISSIONS":
    case "VALID":
      return { valid: code === "VALID", code, ...keyJson(verdict.key, verdict) };
  }
}
