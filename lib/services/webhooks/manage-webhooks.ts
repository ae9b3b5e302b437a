import { levelHolds } from "@/lib/core/access/permission";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { WebhookEndpointModel } from "@/lib/db/generated/models";
import type { ActingContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import { lockCallingKey, membershipGone } from "@/lib/services/access/lock-calling-key";
import { lockMembership } from "@/lib/services/access/lock-membership";

/** A row without its secrets, which are read only for signing. */
export type EndpointRow = Omit<WebhookEndpointModel, "sealedSecret" | "previousSecret">;

export const absentEndpoint = failure("not_found", "There is no such webhook endpoint.");
const ownersOnly = failure("forbidden", "Only an owner may manage webhooks.");
const wholeOrganization = failure(
  "forbidden",
  "This needs an organization's own key with the permission webhooks:manage.",
);

/** Why this caller may not see the organization's webhooks; null if they may. */
export function refuseWebhookReader({ organization, actor, level }: ActingContext): Failure | null {
  if (actor.kind === "user") {
    return levelHolds(level, "webhooks:manage", organization.keyCreators) ? null : ownersOnly;
  }
  const mayManage = actor.namespace.type === "organization" && actor.permissions.includes("webhooks:manage");
  return mayManage ? null : wholeOrganization;
}

/** Locks the sources of the caller's rights until the transaction ends. Returns a refusal, or null. */
export async function lockWebhookManager(
  transaction: Transaction,
  context: ActingContext,
): Promise<Failure | null> {
  const { organization, actor } = context;
  const membership = await lockMembership(transaction, organization.id, actsFor(actor));
  if (membership === null) return membershipGone(actor);
  if (actor.kind === "user") {
    return levelHolds(membership.level, "webhooks:manage", membership.keyCreators) ? null : ownersOnly;
  }
  const refusal = refuseWebhookReader(context);
  if (refusal !== null) return refusal;
  const key = await lockCallingKey(transaction, { ...context, actor });
  if (!key.ok) return key;
  return key.value.permissions.includes("webhooks:manage") ? null : wholeOrganization;
}

/** Locks the sources of the caller's rights and then an endpoint of the organization, until the transaction ends. */
export async function lockEndpoint(
  transaction: Transaction,
  context: ActingContext,
  endpointId: string,
): Promise<Result<EndpointRow>> {
  const refusal = await lockWebhookManager(transaction, context);
  if (refusal !== null) return refusal;
  const { organization } = context;
  await transaction.$queryRaw`
    SELECT 1 FROM webhook_endpoints
    WHERE id = ${endpointId}::uuid AND organization_id = ${organization.id}::uuid FOR UPDATE`;
  // A separate statement after the lock, so that it sees what the previous holder committed.
  const endpoint = await transaction.webhookEndpoint.findFirst({
    where: { id: endpointId, organizationId: organization.id },
  });
  return endpoint === null ? absentEndpoint : success(endpoint);
}

/** How audit entries name an endpoint: without the path, which may be a secret of the receiver. */
export function endpointTarget({ id, url }: { readonly id: string; readonly url: string }) {
  return { type: "webhook", id, name: new URL(url).host } as const;
}
