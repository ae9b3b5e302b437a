import { recordUse } from "@/lib/verify/usage/usage-recorder";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import type { RequestFacts } from "../http/request-facts";

/** Counts one call of an authenticated key, with its outcome. */
export function recordCaller(
  { key, secretId }: AuthenticatedKey,
  { at, address, userAgent: client }: RequestFacts,
  outcome: "VALID" | "RATE_LIMITED" = "VALID",
): void {
  recordUse({ keyId: key.id, secretId, at, address, client, outcome });
}
