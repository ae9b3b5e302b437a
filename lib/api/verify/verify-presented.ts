import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { failure } from "@/lib/core/result";
import { countVerification } from "@/lib/metrics/counts";
import type { VerifyKeyInput } from "@/lib/schemas/verify-key";
import { limitVerdict } from "@/lib/verify/limits/take-from-key";
import type { Loaded } from "@/lib/verify/memory/loaded";
import { recordStranger, recordUse } from "@/lib/verify/usage/usage-recorder";
import { judgeNow } from "@/lib/verify/verdict/judge-token";
import type { RequestFacts } from "../http/request-facts";
import { verifyAnswer } from "./verify-answer";

/** What every caller demands of its own key. */
export const keysVerify = ["keys:verify"];

/** Public keys never have this permission. */
export const needsKeysVerify = failure(
  "forbidden",
  "This needs a secret key with the permission keys:verify.",
);

/**
 * Judges and counts one verification, and returns its answer. Keys of organizations other than the caller's are
 * unknown.
 *
 * @returns undefined if something has to be loaded first; nothing has been counted then
 */
export function verifyPresented(
  { key: token, permissions, namespace, ip }: VerifyKeyInput,
  { organizationId, importsKeys }: Pick<KeySnapshot, "organizationId" | "importsKeys">,
  { at, address, userAgent: client }: RequestFacts,
  loaded: Loaded,
): ReturnType<typeof verifyAnswer> | undefined {
  const demand = { permissions, namespace, address: ip ?? null, organizationId, importsKeys };
  const judged = judgeNow(token, demand, at, loaded);
  const verdict = judged && limitVerdict(judged, loaded);
  if (verdict === undefined) return undefined;
  countVerification(verdict.code);
  if ("secretId" in verdict) {
    const { key, secretId, code: outcome } = verdict;
    const from = { address: ip ?? address, client };
    const { organizationId, id: keyId } = key;
    recordUse({ organizationId, keyId, secretId, at, ...from, outcome, demanded: permissions });
  } else recordStranger(organizationId, at, verdict.code);
  return verifyAnswer(verdict);
}
