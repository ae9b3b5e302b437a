import type { RevocationReason } from "@/lib/core/key-status";
import type { Origin, SystemActor } from "@/lib/services/access/context";
import type { ActingContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";

/** Who ends a key, and when. */
export type Ending = { readonly actor: ActingContext["actor"] | SystemActor; readonly origin: Origin };

/** What a revocation writes into the row of a key. */
export function revocation({ actor, origin }: Ending, reason: RevocationReason) {
  return {
    revokedAt: origin.at,
    revocationReason: reason,
    revokedById: actor.kind === "system" ? null : actsFor(actor),
    liveCreatorId: null,
  };
}

/** What the audit log tells of it. */
export function revocationFacts(
  { id, name }: { readonly id: string; readonly name: string },
  reason: RevocationReason,
): AuditFacts {
  return { action: "key.revoked", target: { type: "key", id, name }, details: { reason } };
}
