import { disabledAfter, longestWaitMs, retryDelayMs } from "@/lib/core/webhooks/retry-plan";
import { testEvent } from "@/lib/core/webhooks/webhook-events";
import { database, inTransactionApart } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { lockKeyCreators } from "@/lib/services/access/lock-membership";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { giveUpWaiting } from "../give-up-waiting";
import { endpointTarget } from "../manage-webhooks";
import type { Claimed } from "./claim-deliveries";
import type { Attempt } from "./post-message";

type Made = Attempt & { readonly at: Date; readonly durationMs: number };

/** Releases a claimed delivery as if nothing had been tried. */
export async function releaseClaim({ id, claim }: Claimed): Promise<void> {
  await database().$executeRaw`
    UPDATE webhook_deliveries SET claimed_until = NULL
    WHERE id = ${id}::uuid AND state = 'waiting' AND claimed_until = ${claim}::timestamptz`;
}

/**
 * Records the outcome of an attempt, unless the delivery was given up or claimed by another node meanwhile. After its
 * last attempt the delivery is given up and, if nothing has succeeded for days, the endpoint is disabled.
 */
export async function keepOutcome(claimed: Claimed, made: Made): Promise<void> {
  // If the URL changed during the attempt, the outcome says nothing about the new one.
  const { endpointId, type, attempts, url } = claimed;
  if (made.status !== null && made.status >= 200 && made.status < 300) {
    // Write the endpoint first: whoever sees the delivery's outcome then also sees its effect on the endpoint.
    await database().$executeRaw`
      UPDATE webhook_endpoints SET failing_since = NULL WHERE id = ${endpointId}::uuid AND url = ${url} AND failing_since IS NOT NULL`;
    await write(claimed, made, "delivered", null);
    return;
  }
  const delay = type === testEvent ? null : retryDelayMs(attempts + 1, Math.random());
  await database().$executeRaw`
    UPDATE webhook_endpoints SET failing_since = ${made.at}::timestamptz
    WHERE id = ${endpointId}::uuid AND url = ${url} AND failing_since IS NULL AND disabled_at IS NULL`;
  await write(claimed, made, delay === null ? "failed" : "waiting", delay);
  if (delay === null && type !== testEvent) await disableIfFailing(claimed, new Date());
}

/**
 * Also gives up deliveries that have waited for days behind one that is given up. A receiver that only refuses messages
 * about one key is never disabled, and each of these would otherwise wait through the retries of the one before.
 */
async function write(
  { id, claim }: Claimed,
  { at, durationMs, status, body, error }: Made,
  state: "waiting" | "delivered" | "failed",
  delayMs: number | null,
): Promise<void> {
  await database().$executeRaw`
    WITH written AS (
      UPDATE webhook_deliveries SET state = ${state}::webhook_delivery_state, attempts = attempts + 1, claimed_until = NULL,
        attempted_at = ${at}::timestamptz, duration_ms = ${durationMs}::int, response_status = ${status}::int,
        response_body = ${body}, error = ${error}, next_attempt_at = clock_timestamp() + ${delayMs}::int * interval '1 ms',
        finished_at = CASE WHEN ${delayMs}::int IS NULL THEN clock_timestamp() END
      WHERE id = ${id}::uuid AND state = 'waiting' AND claimed_until = ${claim}::timestamptz
      RETURNING id, endpoint_id, subject, state
    )
    UPDATE webhook_deliveries d SET state = 'failed', finished_at = clock_timestamp(), next_attempt_at = NULL,
      claimed_until = NULL, error = 'waited too long'
    FROM written w
    WHERE w.state = 'failed' AND d.endpoint_id = w.endpoint_id AND d.subject = w.subject AND d.id <> w.id
      AND d.state = 'waiting' AND d.next_attempt_at < clock_timestamp() - ${longestWaitMs}::int * interval '1 ms'`;
}

async function disableIfFailing({ organizationId, endpointId }: Claimed, now: Date): Promise<void> {
  const organization = { id: organizationId as OrganizationId };
  await inTransactionApart(async (transaction) => {
    // Lock the organization first; see stopLeakedKeys.
    await lockKeyCreators(transaction, organization.id);
    await transaction.$queryRaw`SELECT 1 FROM webhook_endpoints WHERE id = ${endpointId}::uuid FOR UPDATE`;
    const endpoint = await transaction.webhookEndpoint.findUnique({ where: { id: endpointId } });
    const failingSince = endpoint?.disabledAt === null ? endpoint.failingSince : null;
    if (endpoint === null || failingSince === null || disabledAfter(failingSince) > now) return;
    await recordAuditEntry(
      transaction,
      {
        organization,
        actor: { kind: "system", name: "Latchkey" },
        origin: { at: now, address: null, userAgent: null, requestId: null },
      },
      {
        action: "webhook.disabled",
        target: endpointTarget(endpoint),
        details: { failingSince: failingSince.toISOString() },
      },
    );
    await transaction.webhookEndpoint.update({
      where: { id: endpointId },
      data: { disabledAt: now, disabledByFailures: true },
      select: { id: true },
    });
    await giveUpWaiting(transaction, endpointId, now);
  });
}
