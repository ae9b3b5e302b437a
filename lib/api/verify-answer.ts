import type { TokenVerdict } from "@/lib/verify/judge-token";
import { keyJson } from "./key-json";

/**
 * The answer of `POST /v1/keys/verify`. Of a malformed or unknown key it says nothing more, so that keys
 * of other organizations look like keys that never were; one that has ended has no permissions. [J3]
 */
export function verifyAnswer(verdict: TokenVerdict) {
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
