import type { AuthenticatedKey } from "@/lib/verify/authenticated-key";
import { recordUse } from "@/lib/verify/usage-recorder";
import type { RequestFacts } from "./request-facts";

/** Counts one use of a key that proved itself, with its secret or by an access token. */
export function recordCaller({ key, secretId }: AuthenticatedKey, facts: RequestFacts): void {
  recordUse({ keyId: key.id, secretId, at: facts.at, address: facts.address, client: facts.userAgent });
}
