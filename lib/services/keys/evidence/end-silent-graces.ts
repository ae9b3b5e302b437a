import type { GraceEvidence } from "@/lib/core/keys/rotation/grace-evidence";
import { judgeGrace } from "@/lib/core/keys/rotation/grace-evidence";
import type { Transaction } from "@/lib/db/client";
import { database, inTransactionApart } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { lockKeyRows } from "@/lib/services/access/lock-key-rows";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { inEach } from "@/lib/services/background/in-each";
import { lockKeysMadeByTokensOf } from "@/lib/services/tokens/end-keys-of-tokens";
import { endGraceLocked } from "../end-grace";
import { readKeyCallers } from "../read/usage/key-callers";

const atOnce = 200;
const mostCallers = 5;

/**
 * Checks every roll whose grace may end early. Ends the grace if all callers have switched; if the old secret is still
 * in use shortly before its end, writes an audit entry that says by whom. Several nodes may run this at once: the key's
 * lock lets only one act. A failure in one organization does not stop the others.
 *
 * @param signal stops between two keys
 * @returns false, since one run handles everything
 */
export async function endSilentGraces(now: Date, signal: AbortSignal): Promise<boolean> {
  const watching = await database().$queryRaw<{ organizationId: OrganizationId }[]>`
    SELECT id AS "organizationId" FROM (SELECT DISTINCT s.organization_id::text AS id ${watched(now)}) o ORDER BY random()`;
  return inEach("grace periods could not be looked at", watching, signal, ({ organizationId }) =>
    lookAtGraces(organizationId, now, signal),
  );
}

const watched = (now: Date) => Prisma.sql`
  FROM api_key_secrets s JOIN api_keys k ON k.id = s.key_id AND k.revoked_at IS NULL
  WHERE s.silent_hours IS NOT NULL AND s.ends_at > ${now}::timestamptz`;

async function lookAtGraces(organizationId: OrganizationId, now: Date, signal: AbortSignal): Promise<false> {
  for (let after = ""; ; ) {
    const found: { id: string; keyId: string }[] = await database().$queryRaw`
      SELECT s.id::text AS id, s.key_id AS "keyId" ${watched(now)}
        AND s.organization_id = ${organizationId}::uuid AND s.id::text > ${after}
      ORDER BY s.id::text LIMIT ${atOnce}`;
    for (const { id, keyId } of found) {
      if (signal.aborted) return false;
      await actOn(organizationId, keyId, id, now);
    }
    if (found.length < atOnce) return false;
    after = found.at(-1)?.id ?? "";
  }
}

async function actOn(
  organizationId: OrganizationId,
  keyId: string,
  secretId: string,
  now: Date,
): Promise<void> {
  // Check without a lock first, since mostly there is nothing to do.
  const seen = await readEvidence(database(), organizationId, keyId, secretId);
  if (seen === null || judgeGrace(seen, now) === "wait") return;
  const context = {
    organization: { id: organizationId },
    actor: { kind: "system", name: "Latchkey" },
    origin: { at: now, address: null, userAgent: null, requestId: null },
  } as const;
  await inTransactionApart(async (transaction) => {
    await lockKeyRows(transaction, organizationId, [keyId]);
    await lockKeysMadeByTokensOf(transaction, organizationId, [keyId]);
    const key = await transaction.apiKey.findFirst({
      where: { id: keyId, organizationId, revokedAt: null, deletedAt: null },
    });
    const evidence = await readEvidence(transaction, organizationId, keyId, secretId);
    if (key === null || evidence === null) return;
    const { endsAt, silentHours, previousSeenAt, version } = evidence;
    const verdict = judgeGrace(evidence, now);
    if (verdict === "end") return endGraceLocked(transaction, context, key, endsAt, { silentHours });
    if (verdict === "wait") return;
    const callers = await readKeyCallers(key, now, transaction);
    const using = callers.filter(
      (caller) => caller.secretVersion === version && caller.lastAt > evidence.rolledAt,
    );
    await transaction.apiKeySecret.updateMany({
      where: { id: secretId, organizationId },
      data: { useToldAt: now },
    });
    await recordAuditEntry(transaction, context, {
      action: "key.grace_ending",
      target: { type: "key", id: keyId, name: key.name },
      details: {
        endsAt: endsAt.toISOString(),
        lastUsedAt: previousSeenAt?.toISOString() ?? null,
        usedBy: using
          .slice(0, mostCallers)
          .map(({ address, client, isRest }) =>
            isRest ? "Others" : [address ?? "Unknown address", client].filter(Boolean).join(" "),
          ),
      },
    });
  });
}

/** Null if the roll is over. Calls that are counted but not yet added up are treated as if they came just now. */
async function readEvidence(
  from: Transaction,
  organizationId: string,
  keyId: string,
  secretId: string,
): Promise<(GraceEvidence & { readonly version: number }) | null> {
  const [row] = await from.$queryRaw<(GraceEvidence & { version: number })[]>`
    SELECT s.version, s.ends_at AS "endsAt", s.silent_hours AS "silentHours", s.use_told_at AS "toldAt",
      c.created_at AS "rolledAt",
      greatest(s.last_used_at,
        (SELECT max(h.last_at) FROM api_key_caller_hours h WHERE h.organization_id = s.organization_id
          AND h.key_id = s.key_id AND h.secret_id = s.id),
        (SELECT now() FROM usage_batches b
          WHERE b.calls @> jsonb_build_array(jsonb_build_object('secret', s.id::text)) LIMIT 1)) AS "previousSeenAt",
      (c.last_used_at IS NOT NULL OR c.was_refused) AS "isCurrentSeen"
    FROM api_key_secrets s
    JOIN api_key_secrets c ON c.organization_id = s.organization_id AND c.key_id = s.key_id AND c.ends_at IS NULL
    WHERE s.organization_id = ${organizationId}::uuid AND s.key_id = ${keyId} AND s.id = ${secretId}::uuid
      AND s.silent_hours IS NOT NULL`;
  return row ?? null;
}
