import type { Permission } from "@/lib/core/access/permission";
import { untoldDemand } from "@/lib/core/keys/over-privileged";
import { recordUse } from "@/lib/verify/usage/usage-recorder";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import type { RequestFacts } from "../http/request-facts";

/**
 * Counts one call of an authenticated key, with its outcome.
 *
 * @param demanded the permissions that the operation needs, or `untoldDemand`. Not counted if the key lacks one of
 * them, since the call is then refused
 */
export function recordCaller(
  { key, secretId, permissions }: AuthenticatedKey,
  { at, address, userAgent: client }: RequestFacts,
  demanded: readonly Permission[],
  outcome: "VALID" | "RATE_LIMITED" = "VALID",
): void {
  const isHeld =
    demanded.length > 0 &&
    demanded.every((permission) => permission === untoldDemand || permissions.includes(permission));
  const { organizationId, id: keyId } = key;
  const held = isHeld ? demanded : undefined;
  recordUse({ organizationId, keyId, secretId, at, address, client, outcome, demanded: held });
}
