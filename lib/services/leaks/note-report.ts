import { isLeakPause } from "@/lib/core/keys/key-status";
import { inTransaction } from "@/lib/db/client";
import type { OrganizationId, Origin } from "@/lib/services/access/context";
import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { countAttempt } from "@/lib/services/throttle/count-attempt";
import type { Throttle } from "@/lib/services/throttle/throttle";
import { type Leak, placesOf } from "./stop-leaked-keys";

/**
 * Anybody can report a public key, and whoever has an ended secret can report that. This records what was found, without
 * letting reports flood the audit log.
 */
const oncePerDay: Throttle = { name: "leak-note:key", attempts: 1, windowMs: 24 * 60 * 60 * 1000 };

/**
 * Notes in the audit log that a public key, or an ended secret of a key, was reported as leaked, at most once a day for
 * each key. A key that is paused because it leaked has its entry.
 */
export async function noteReport(
  organizationId: string,
  leak: Leak,
  reporter: string,
  origin: Origin,
  details: AuditDetails = {},
): Promise<void> {
  if ((await countAttempt(oncePerDay, `${leak.keyId} ${reporter}`, origin.at)).retryAt !== null) return;
  const organization = { id: organizationId as OrganizationId };
  await inTransaction(async (transaction) => {
    const key = await transaction.apiKey.findFirst({
      where: { id: leak.keyId, organizationId, deletedAt: null },
      select: { id: true, name: true, pausedAt: true, pausedById: true },
    });
    if (key === null || isLeakPause(key.pausedAt, key.pausedById)) return;
    await recordAuditEntry(
      transaction,
      { organization, actor: { kind: "system", name: reporter }, origin },
      {
        action: "key.reported",
        target: { type: "key", id: key.id, name: key.name },
        details: { ...details, ...placesOf(leak.keyId, [leak]) },
      },
    );
  });
}
