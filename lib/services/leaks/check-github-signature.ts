import { verify } from "node:crypto";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { githubKeys } from "./github-keys";

const identifierPattern = /^[0-9A-Za-z_-]{1,200}$/;
const signaturePattern = /^[0-9A-Za-z+/]{1,200}={0,2}$/;

const unsigned = failure("forbidden", "This takes reports of GitHub's secret scanning, signed by GitHub.");
const notGithubs = failure("forbidden", "The signature of this report is not GitHub's.");
const unreachable = failure(
  "unavailable",
  "GitHub's signing keys cannot be read at the moment, so the report cannot be checked. Send it again.",
);

/**
 * Checks that GitHub signed exactly these bytes: ECDSA on P-256 over their SHA-256, in DER, as base64. Fetches GitHub's
 * keys only if both headers are well formed.
 */
export async function checkGithubSignature(
  body: Uint8Array,
  { identifier = "", signature = "" }: { readonly identifier?: string; readonly signature?: string },
): Promise<Result<null>> {
  if (!identifierPattern.test(identifier) || !signaturePattern.test(signature)) return unsigned;
  const key = await githubKeys().find(identifier);
  if (key === "unavailable") return unreachable;
  if (key === null) return notGithubs;
  const isGithubs = verify("sha256", body, { key, dsaEncoding: "der" }, Buffer.from(signature, "base64"));
  return isGithubs ? success(null) : notGithubs;
}
