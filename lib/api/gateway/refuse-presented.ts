import { expiredText } from "@/lib/core/keys/expired-text";
import { failure } from "@/lib/core/result";
import { unknownState } from "@/lib/core/unknown-state";
import { forbiddenFrom } from "@/lib/verify/verdict/authenticated-key";
import type { Refusal } from "../http/problem";
import type { verifyAnswer } from "../verify/verify-answer";

type Verdict = ReturnType<typeof verifyAnswer>;

export const malformedKey = failure(
  "key_malformed",
  "This token is malformed. Check that you copied all of it.",
);
export const unknownKey = failure("key_unknown", "There is no key with this token.");

/** Tells a client why its key was refused at a gateway; null if it was not. */
export function refusePresented(
  verdict: Verdict,
  demanded: readonly string[],
  address: string | null,
): Refusal | null {
  switch (verdict.code) {
    case "VALID":
      return null;
    case "MALFORMED":
      return malformedKey;
    case "UNKNOWN":
      return unknownKey;
    case "EXPIRED":
      return failure("key_expired", expiredText(verdict.expires_at, verdict.expiry_set_by));
    case "PAUSED":
      return failure("key_paused", "This key is paused.");
    case "ROLLED":
      return failure("key_rolled", "This secret has stopped working. Use the key's new one.");
    case "REVOKED":
      return failure("key_revoked", "This key was revoked.");
    case "FORBIDDEN_IP":
      return { ...forbiddenFrom(address), withoutChallenge: true };
    case "WRONG_NAMESPACE":
      return { ...failure("forbidden", "This key belongs to another namespace."), withoutChallenge: true };
    case "INSUFFICIENT_PERMISSIONS": {
      const lacking = demanded.find((permission) => !verdict.permissions.includes(permission));
      return failure("forbidden", `This key lacks the permission ${lacking}.`);
    }
    case "RATE_LIMITED": {
      const detail = "This key has used up its rate limit. Wait for as long as Retry-After says.";
      return {
        ...failure("rate_limited", detail),
        retryAfterSeconds: verdict.rate_limit?.retry_after_seconds ?? 1,
      };
    }
    default:
      return unknownState(verdict);
  }
}
