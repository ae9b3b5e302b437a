import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { isOtherServer } from "@/lib/core/webhooks/is-other-server";
import { previousSecretMs } from "@/lib/core/webhooks/retry-plan";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { CreateWebhookInput, UpdateWebhookInput, WebhookInput } from "@/lib/schemas/webhooks/webhook";
import type { OrganizationId } from "@/lib/services/access/context";
import type { ActingContext } from "@/lib/services/access/key-context";
import { changeDetails, recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { timeOrderedId } from "@/lib/services/audit/time-ordered-id";
import { startCursor } from "@/lib/services/log-readers/log-reader";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { giveUpWaiting } from "./give-up-waiting";
import { endpointTarget, lockEndpoint, lockWebhookManager } from "./manage-webhooks";
import { refuseUrl } from "./refuse-url";
import { makeSigningSecret } from "./signing-secret";
import { webhookReaderName } from "./webhook-reader-name";

/** Limited because lists and pages show all endpoints. Two concurrent creations may exceed it by one. */
const endpointsMaximum = 20;

/** The secret is shown once and never again. */
export type CreatedWebhook = { readonly id: string; readonly signingSecret: string };

/** Adds an endpoint. It receives events from now on, not earlier ones. */
export async function createWebhook(
  context: ActingContext,
  { url, events }: CreateWebhookInput,
): Promise<Result<CreatedWebhook>> {
  const organizationId = context.organization.id;
  const { at } = context.origin;
  return inTransaction(async (transaction) => {
    const refusal = (await lockWebhookManager(transaction, context)) ?? refuseUrl(url);
    if (refusal !== null) return refusal;
    if ((await transaction.webhookEndpoint.count({ where: { organizationId } })) >= endpointsMaximum) {
      return failure("conflict", `An organization has at most ${endpointsMaximum} webhook endpoints.`);
    }
    const id = timeOrderedId(at.getTime());
    const { signingSecret, stored } = makeSigningSecret(id);
    await recordAuditEntry(transaction, context, {
      action: "webhook.created",
      target: endpointTarget({ id, url }),
      details: { ...told({ url }), events },
    });
    // The entry has locked the chain's head, so nothing comes between it and the endpoint.
    const startsAfter = await headOf(transaction, organizationId);
    await transaction.webhookEndpoint.create({
      data: { id, organizationId, url, events, createdAt: at, startsAfter, ...stored },
      select: { id: true },
    });
    await startCursor(transaction, webhookReaderName, organizationId, startsAfter);
    return success({ id, signingSecret });
  });
}

/**
 * Changes an endpoint's URL and events, and disables or enables it. Disabling gives up all waiting deliveries. A
 * re-enabled endpoint receives events from then on; its receiver can read missed ones from the audit log.
 */
export async function updateWebhook(
  context: ActingContext,
  { endpointId, ...change }: UpdateWebhookInput,
): Promise<Result<null>> {
  return inTransaction(async (transaction) => {
    const found = await lockEndpoint(transaction, context, endpointId);
    if (!found.ok) return found;
    const { value: before } = found;
    const wasActive = before.disabledAt === null;
    const { url = before.url, events = before.events, active = wasActive } = change;
    const hasNewUrl = url !== before.url;
    const unfit = hasNewUrl ? refuseUrl(url) : null;
    if (unfit !== null) return unfit;
    const isSame = !hasNewUrl && active === wasActive && events.join() === before.events.join();
    if (isSame) return success(null);
    const late = requireFreshPassword(context, "updateWebhook", {
      isOtherServer: isOtherServer(before.url, url),
    });
    if (late !== null) return late;
    await recordAuditEntry(transaction, context, {
      action: "webhook.updated",
      target: endpointTarget({ id: endpointId, url }),
      details: {
        ...changeDetails(
          { ...told(before), events: before.events, active: wasActive },
          { ...told({ url }), events, active },
        ),
        pathChanged: hasNewUrl,
      },
    });
    const { at } = context.origin;
    const disabled = active ? {} : { disabledAt: at };
    const enabled = active && !wasActive ? await startAgain(transaction, context.organization.id) : disabled;
    await transaction.webhookEndpoint.update({
      where: { id: endpointId, organizationId: context.organization.id },
      // Forget earlier failures, which were the old URL's.
      data: {
        url,
        events: [...events],
        ...(hasNewUrl && active ? { failingSince: null } : {}),
        ...(active === wasActive ? {} : enabled),
      },
      select: { id: true },
    });
    if (active !== wasActive) await giveUpWaiting(transaction, endpointId, at);
    return success(null);
  });
}

/** Deletes an endpoint with its deliveries. */
export async function deleteWebhook(
  context: ActingContext,
  { endpointId }: WebhookInput,
): Promise<Result<null>> {
  return inTransaction(async (transaction) => {
    const found = await lockEndpoint(transaction, context, endpointId);
    if (!found.ok) return found;
    await transaction.webhookEndpoint.delete({
      where: { id: endpointId, organizationId: context.organization.id },
      select: { id: true },
    });
    await recordAuditEntry(transaction, context, {
      action: "webhook.deleted",
      target: endpointTarget(found.value),
      details: told(found.value),
    });
    return success(null);
  });
}

/** `previousUntil`: until then, deliveries also carry a signature with the old secret. */
export type RotatedSecret = { readonly signingSecret: string; readonly previousUntil: Date };

/**
 * Creates a new signing secret, shown once. For a day deliveries are signed with both secrets, so that receivers can
 * switch at any time. A second rotation within that day ends the older secret at once, so at most two are valid.
 */
export async function rotateWebhookSecret(
  context: ActingContext,
  { endpointId }: WebhookInput,
): Promise<Result<RotatedSecret>> {
  return inTransaction(async (transaction) => {
    const found = await lockEndpoint(transaction, context, endpointId);
    if (!found.ok) return found;
    const late = requireFreshPassword(context, "rotateWebhookSecret");
    if (late !== null) return late;
    const { signingSecret, stored } = makeSigningSecret(endpointId);
    const previousUntil = new Date(context.origin.at.getTime() + previousSecretMs);
    const where = { id: endpointId, organizationId: context.organization.id };
    const { sealedSecret } = await transaction.webhookEndpoint.findUniqueOrThrow({
      where,
      select: { sealedSecret: true },
    });
    await transaction.webhookEndpoint.update({
      where,
      data: {
        ...stored,
        previousSecret: sealedSecret,
        previousVersion: found.value.pepperVersion,
        previousUntil,
      },
      select: { id: true },
    });
    await recordAuditEntry(transaction, context, {
      action: "webhook.secret_rotated",
      target: endpointTarget(found.value),
      details: { previousUntil: previousUntil.toISOString() },
    });
    return success({ signingSecret, previousUntil });
  });
}

/** The part of a URL that the audit log records. Its path may be a secret of the receiver. */
function told({ url }: { readonly url: string }) {
  return { url: new URL(url).origin };
}

async function startAgain(transaction: Transaction, organizationId: OrganizationId) {
  const startsAfter = await headOf(transaction, organizationId);
  return { startsAfter, disabledAt: null, disabledByFailures: false, failingSince: null };
}

async function headOf(transaction: Transaction, organizationId: OrganizationId): Promise<number> {
  const { sequence } = await transaction.auditHead.findUniqueOrThrow({ where: { organizationId } });
  return sequence;
}
