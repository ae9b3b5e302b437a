import type { Awaitable } from "@/lib/core/awaitable";
import { whenKnown } from "@/lib/core/awaitable";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { failure } from "@/lib/core/result";
import { countVerification } from "@/lib/metrics/counts";
import type { VerifyKeyInput } from "@/lib/schemas/verify-key";
import { limitVerdict } from "@/lib/verify/limits/limit-verdict";
import { recordUse } from "@/lib/verify/usage/usage-recorder";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import type { RequestFacts } from "../http/request-facts";
import { verifyAnswer } from "./verify-answer";

/** Public keys never have this permission. */
export const needsKeysVerify = failure(
  "forbidden",
  "This needs a secret key with the permission keys:verify.",
);

/**
 * Judges and counts one verification, and returns its answer. Keys of organizations other than the caller's are
 * unknown.
 */
export function verifyPresented(
  { key: token, permissions, namespace, ip }: VerifyKeyInput,
  { organizationId, importsKeys }: Pick<KeySnapshot, "organizationId" | "importsKeys">,
  { at, address, userAgent: client }: RequestFacts,
): Awaitable<ReturnType<typeof verifyAnswer>> {
  const demand = { permissions, namespace, address: ip ?? null, organizationId, importsKeys };
  const limited = whenKnown(judgeToken(token, demand, at), limitVerdict);
  return whenKnown(limited, (verdict) => {
    countVerification(verdict.code);
    if ("secretId" in verdict) {
      const { key, secretId, code: outcome } = verdict;
      recordUse({ keyId: key.id, secretId, at, address: ip ?? address, client, outcome });
    }
    return verifyAnswer(verdict);
  });
}
