import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { WebhookInput } from "@/lib/schemas/webhooks/webhook";
import type { ActingContext } from "@/lib/services/access/key-context";
import type { EndpointView } from "./endpoint-view";
import { toEndpointViews } from "./endpoint-view";
import { absentEndpoint, refuseWebhookReader } from "./manage-webhooks";

/** All endpoints of the organization, oldest first. There are at most `endpointsMaximum`, so there is only one page. */
export async function listWebhooks(context: ActingContext): Promise<Result<readonly EndpointView[]>> {
  const refusal = refuseWebhookReader(context);
  if (refusal !== null) return refusal;
  const organizationId = context.organization.id;
  const endpoints = await database().webhookEndpoint.findMany({
    where: { organizationId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return success(await toEndpointViews(organizationId, endpoints, context.origin.at));
}

/** One endpoint, with the same fields as in the list. */
export async function readWebhook(
  context: ActingContext,
  { endpointId }: WebhookInput,
): Promise<Result<EndpointView>> {
  const refusal = refuseWebhookReader(context);
  if (refusal !== null) return refusal;
  const organizationId = context.organization.id;
  const endpoint = await database().webhookEndpoint.findFirst({ where: { id: endpointId, organizationId } });
  if (endpoint === null) return absentEndpoint;
  const [view] = await toEndpointViews(organizationId, [endpoint], context.origin.at);
  return view === undefined ? absentEndpoint : success(view);
}
