import type { EndpointState } from "@/lib/core/webhooks/endpoint-state";
import { endpointState } from "@/lib/core/webhooks/endpoint-state";
import { disabledAfter } from "@/lib/core/webhooks/retry-plan";
import { database } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { EndpointRow } from "./manage-webhooks";

/** An endpoint as people and programs see it. Contains no secrets. */
export type EndpointView = {
  readonly id: string;
  readonly url: string;
  /** Event types, or only `*`. */
  readonly events: readonly string[];
  readonly state: EndpointState;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  /** When it started to fail; null while it works, or if nothing was sent yet. */
  readonly failingSince: Date | null;
  /** When it will be disabled unless a delivery succeeds; null if it is not failing, or already disabled. */
  readonly disabledAfter: Date | null;
  /** Until when the previous secret also signs; null if only one secret signs. */
  readonly previousSecretUntil: Date | null;
  /** How many deliveries are waiting, the next one until `nextAttemptAt`. */
  readonly waiting: number;
  readonly nextAttemptAt: Date | null;
  readonly lastDeliveredAt: Date | null;
};

type Facts = Pick<EndpointView, "waiting" | "nextAttemptAt" | "lastDeliveredAt">;
const none: Facts = { waiting: 0, nextAttemptAt: null, lastDeliveredAt: null };

export async function toEndpointViews(
  organizationId: OrganizationId,
  endpoints: readonly EndpointRow[],
  now: Date,
): Promise<readonly EndpointView[]> {
  const found = await database().$queryRaw<(Facts & { readonly id: string })[]>`
    SELECT e.id::text AS id, w.waiting, w.next AS "nextAttemptAt", l.last AS "lastDeliveredAt"
    FROM webhook_endpoints e
    CROSS JOIN LATERAL (SELECT count(*)::int AS waiting, min(next_attempt_at) AS next
      FROM webhook_deliveries WHERE endpoint_id = e.id AND state = 'waiting') w
    LEFT JOIN LATERAL (SELECT finished_at AS last FROM webhook_deliveries
      WHERE endpoint_id = e.id AND state = 'delivered' ORDER BY finished_at DESC LIMIT 1) l ON true
    WHERE e.organization_id = ${organizationId}::uuid AND e.id = ANY (${endpoints.map(({ id }) => id)}::uuid[])`;
  const byId = new Map(found.map(({ id, ...facts }) => [id, facts]));
  return endpoints.map((endpoint) => {
    const { id, url, events, createdAt, disabledAt, failingSince, previousUntil } = endpoint;
    return {
      ...{ id, url, events, createdAt, disabledAt, failingSince },
      state: endpointState(endpoint),
      disabledAfter: failingSince === null || disabledAt !== null ? null : disabledAfter(failingSince),
      previousSecretUntil: previousUntil !== null && previousUntil > now ? previousUntil : null,
      ...(byId.get(id) ?? none),
    };
  });
}
