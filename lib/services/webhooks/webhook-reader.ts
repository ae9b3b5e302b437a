import { formatKeyId } from "@/lib/core/keys/key-id";
import type { WebhookEvent } from "@/lib/core/webhooks/webhook-events";
import { eventsOf, everyEvent } from "@/lib/core/webhooks/webhook-events";
import type { AuditEntryView } from "@/lib/services/audit/list-audit-entries";
import { signCheckpoint } from "@/lib/services/audit/sign-checkpoint";
import { timeOrderedId } from "@/lib/services/audit/time-ordered-id";
import { withoutTokenText } from "@/lib/services/leaks/without-token-text";
import type { LogReader } from "@/lib/services/log-readers/log-reader";
import { prepareReceipts } from "./prepare-receipts";
import { webhookReaderName } from "./webhook-reader-name";

/** The number of deliveries per transaction, which only has seconds. An entry makes at most two for each endpoint. */
const deliveriesAtOnce = 1000;

type Told = { readonly id: string; readonly events: readonly string[]; readonly startsAfter: number };

type Signed = {
  /** Null if the chain is broken, so that its head cannot be signed. */
  readonly checkpoint: string | null;
  /** Receipts by the ids of keys that these entries, up to `through`, revoked. */
  readonly receipts: ReadonlyMap<string, string>;
  readonly through: number;
};

/**
 * Turns audit entries into deliveries to the organization's active endpoints. The payloads contain the signed head of
 * the chain, so that every receiver holds proof of it, and the signed receipt of a revocation.
 */
export const webhookReader: LogReader<Signed> = {
  name: webhookReaderName,
  prepare: async (organizationId, next, now) => {
    const signed = await signCheckpoint(organizationId, now);
    const checkpoint = signed.ok ? signed.value.checkpoint : null;
    const receipts = await prepareReceipts(organizationId, next, now);
    return { checkpoint, receipts, through: next.through };
  },
  take: async (transaction, all, { organizationId, prepared, now }) => {
    const found = all.filter(({ sequence }) => sequence <= prepared.through);
    // Read the endpoints after the entries: an endpoint exists before its first entry. Lock them: one that is deleted,
    // disabled or enabled meanwhile would get deliveries that it should not.
    const endpoints = await transaction.$queryRaw<Told[]>`
      SELECT id::text AS id, events, starts_after AS "startsAfter" FROM webhook_endpoints
      WHERE organization_id = ${organizationId}::uuid AND disabled_at IS NULL ORDER BY id FOR SHARE`;
    const entries = found.slice(0, Math.ceil(deliveriesAtOnce / (2 * endpoints.length)));
    const made = entries.flatMap((entry) =>
      eventsOf(entry.action, entry.details.reason).flatMap((type) => {
        const message = { type, ...messageOf(type, entry, prepared) };
        return endpoints
          .filter(({ events, startsAfter }) => startsAfter < entry.sequence && chooses(events, type))
          .map((endpoint) => ({
            ...{ organizationId, endpointId: endpoint.id },
            ...message,
            ...{ sequence: entry.sequence, createdAt: now, nextAttemptAt: now },
          }));
      }),
    );
    if (made.length === 0) return entries.length;
    // A single statement gives the rows their positions in this order. Their ids sort in the same order.
    const data = made.map((row, index) => ({ id: timeOrderedId(now.getTime() + index), ...row }));
    await transaction.webhookDelivery.createMany({ data });
    return entries.length;
  },
};

function chooses(events: readonly string[], type: WebhookEvent): boolean {
  return events.includes(everyEvent) || events.includes(type);
}

/**
 * Small on purpose: ids, and what a receiver needs to decide whether to look further. Never contains a token, a name or
 * an email of a person.
 */
function messageOf(type: WebhookEvent, entry: AuditEntryView, { checkpoint, receipts }: Signed) {
  const { organizationId, sequence, at, targetId, targetName, details } = entry;
  const subject = subjectOf(entry);
  const endsKey = type === "key.revoked" || (type === "key.deleted" && details.wasRevoked === false);
  const data = {
    organization_id: organizationId,
    sequence,
    ...subject.data,
    actor: actorOf(entry),
    ...(type.startsWith("key.") && details.reason !== undefined ? { reason: details.reason } : {}),
    ...(type === "key.expiring" || type === "key.expired"
      ? { expires_at: details.endsAt, expiry_set_by: details.setBy }
      : {}),
    ...(type === "key.expiring" && details.daysBefore !== undefined
      ? { days_before: details.daysBefore }
      : {}),
  };
  return {
    subject: subject.id,
    subjectName: targetName,
    payload: JSON.stringify({
      ...{ type, timestamp: at.toISOString(), data, checkpoint },
      ...(endsKey ? { receipt: receipts.get(targetId) ?? null } : {}),
    }),
  };
}

function subjectOf({ targetType, targetId, targetName, details }: AuditEntryView) {
  const name = withoutTokenText(targetName);
  switch (targetType) {
    case "key": {
      const id = formatKeyId(targetId);
      return { id, data: { key_id: id, name } };
    }
    case "role": {
      const id = String(details.roleId ?? targetId);
      return { id, data: { role_id: id, name } };
    }
    case "invitation":
      return { id: targetId, data: { invitation_id: targetId } };
    default:
      return { id: targetId, data: { user_id: targetId } };
  }
}

function actorOf({ actorKind, actorUserId, actorKeyId }: AuditEntryView) {
  return { type: actorKind, id: actorKeyId === null ? actorUserId : formatKeyId(actorKeyId) };
}
