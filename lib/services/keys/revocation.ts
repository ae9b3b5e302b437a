import type { RevocationReason } from "@/lib/core/keys/key-status";
import type { Origin, SystemActor } from "@/lib/services/access/context";
import type { ActingContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";

/** Who ends a key and when. */
export type Ending = { readonly actor: ActingContext["actor"] | SystemActor; readonly origin: Origin };

/** The columns that a revocation sets in a key's row. */
export function revocation({ actor, origin }: Ending, reason: RevocationReason) {
  return {
    revokedAt: origin.at,
    revocationReason: reason,
    revokedById: actor.kind === "system" ? null : actsFor(actor),
    liveCreatorId: null,
  };
}

/** The audit entry of a revocation. */
export function revocationFacts(
  { id, name }: { readonly id: string; readonly name: string },
  reason: RevocationReason,
): AuditFacts {
  return { action: "key.revoked", target: { type: "key", id, name }, details: { reason } };
}
