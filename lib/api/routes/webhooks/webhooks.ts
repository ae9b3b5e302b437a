import { z } from "zod";
import type { Result } from "@/lib/core/result";
import { mapResult } from "@/lib/core/result";
import { singlePageQuery } from "@/lib/schemas/list-query";
import { createWebhookBody, updateWebhookBody, webhookParameter } from "@/lib/schemas/webhooks/webhook";
import type { KeyContext } from "@/lib/services/access/key-context";
import {
  createWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  updateWebhook,
} from "@/lib/services/webhooks/change-webhooks";
import type { EndpointView } from "@/lib/services/webhooks/endpoint-view";
import { listWebhooks, readWebhook } from "@/lib/services/webhooks/list-webhooks";
import { noContent, operation } from "../../operate/operation";
import { pageAnswer } from "../../shapes/list-json";
import { exampleWebhook, signingSecret, webhook, webhookJson } from "./webhook-json";

const tag = "Webhooks";
const permission = "webhooks:manage";
const ofOrganization = "Needs a key of the organization itself.";
const made = webhook.extend({ signing_secret: signingSecret.optional() }).meta({ id: "CreatedWebhook" });
const exampleSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw0123456789A=";
const secretGone =
  "This was done by an earlier request with this idempotency key. The secret was shown once and cannot be shown again. If you did not receive it, rotate it.";

const read = (context: KeyContext, endpointId: string): Promise<Result<EndpointView>> =>
  readWebhook(context, { endpointId });

export const webhookOperations = [
  operation({
    method: "get",
    path: "/v1/webhooks",
    operationId: "listWebhooks",
    summary: "List webhook endpoints",
    description: `All of the organization's, oldest first: at most 20, on one page. ${ofOrganization}`,
    ...{ tag, permission, query: singlePageQuery },
    answer: pageAnswer("The endpoints.", webhook, exampleWebhook),
    handle: async ({ context, query }) =>
      mapResult(await listWebhooks(context), (views) => ({
        data: views.slice(0, query.limit).map(webhookJson),
        next_cursor: null,
      })),
  }),
  operation({
    method: "post",
    path: "/v1/webhooks",
    operationId: "createWebhook",
    summary: "Add a webhook endpoint",
    description: `It is told of what happens from now on, by messages signed as [Standard Webhooks](https://www.standardwebhooks.com) says. Each names what happened and the ids of what it happened to, and never holds a token. An organization has at most 20 endpoints. ${ofOrganization}`,
    ...{ tag, permission, body: createWebhookBody },
    example: { url: exampleWebhook.url, events: exampleWebhook.events },
    answer: {
      status: 201,
      description: "The new endpoint and, once, its signing secret.",
      schema: made,
      example: { ...exampleWebhook, last_delivered_at: null, signing_secret: exampleSecret },
      once: ["signing_secret"],
      noteWhenRepeated: secretGone,
    },
    errors: ["conflict"],
    handle: async ({ context, body }) => {
      const created = await createWebhook(context, body);
      if (!created.ok) return created;
      const { id, signingSecret: secret } = created.value;
      return mapResult(await read(context, id), (view) => ({ ...webhookJson(view), signing_secret: secret }));
    },
  }),
  operation({
    method: "get",
    path: "/v1/webhooks/{id}",
    operationId: "readWebhook",
    summary: "Read a webhook endpoint",
    description: `With its state and how much waits for it. ${ofOrganization}`,
    ...{ tag, permission, params: webhookParameter },
    answer: { description: "The endpoint.", schema: webhook, example: exampleWebhook },
    handle: async ({ context, params }) => mapResult(await read(context, params.id), webhookJson),
  }),
  operation({
    method: "patch",
    path: "/v1/webhooks/{id}",
    operationId: "updateWebhook",
    summary: "Change a webhook endpoint",
    description: `Omitted fields stay as they are. ${ofOrganization}`,
    ...{ tag, permission, params: webhookParameter, body: updateWebhookBody },
    example: { events: ["*"], active: true },
    answer: {
      description: "The endpoint as it is now.",
      schema: webhook,
      example: { ...exampleWebhook, events: ["*"] },
    },
    handle: async ({ context, params: { id: endpointId }, body }) => {
      const updated = await updateWebhook(context, { endpointId, ...body });
      return updated.ok ? mapResult(await read(context, endpointId), webhookJson) : updated;
    },
  }),
  operation({
    method: "delete",
    path: "/v1/webhooks/{id}",
    operationId: "deleteWebhook",
    summary: "Delete a webhook endpoint",
    description: `Deletes what waits for it and its deliveries too. A second DELETE is 404. ${ofOrganization}`,
    ...{ tag, permission, params: webhookParameter },
    answer: noContent("Deleted."),
    handle: ({ context, params }) => deleteWebhook(context, { endpointId: params.id }),
  }),
  operation({
    method: "post",
    path: "/v1/webhooks/{id}/rotate-secret",
    operationId: "rotateWebhookSecret",
    summary: "Rotate a webhook's signing secret",
    description: `For a day deliveries carry a signature with each of the two secrets. Rotating again within that day ends the older one at once. ${ofOrganization}`,
    ...{ tag, permission, params: webhookParameter },
    answer: {
      description: "The new secret, once.",
      schema: z
        .strictObject({
          signing_secret: signingSecret.optional(),
          previous_until: z.iso
            .datetime()
            .meta({ description: "Until then deliveries are also signed with the secret before." }),
        })
        .meta({ id: "RotatedWebhookSecret" }),
      example: { signing_secret: exampleSecret, previous_until: "2026-11-29T14:03:22.000Z" },
      once: ["signing_secret"],
      noteWhenRepeated: secretGone,
    },
    handle: async ({ context, params }) =>
      mapResult(
        await rotateWebhookSecret(context, { endpointId: params.id }),
        ({ signingSecret: secret, previousUntil }) => ({
          signing_secret: secret,
          previous_until: previousUntil.toISOString(),
        }),
      ),
  }),
];
