import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import { onPage } from "@/e2e/permission-matrix/doors";
import type { MatrixWorld } from "@/e2e/permission-matrix/matrix-world";
import { testMatrix } from "@/e2e/permission-matrix/test-matrix";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestDelivery, createTestWebhook } from "@/e2e/support/data/test-webhook";
import * as actions from "@/lib/actions/webhooks/webhooks";
import { createWebhook, deleteWebhook, rotateWebhookSecret, updateWebhook } from "./change-webhooks";
import { readDeliveryCounts } from "./list-deliveries";
import { listWebhooks, readWebhook } from "./list-webhooks";
import { readDeliveryHours } from "./read-day";
import { retryDelivery, testWebhook } from "./send-deliveries";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

type Target = { readonly endpointId: string; readonly deliveryId: string; readonly url: string };

const url = "https://hooks.example/latchkey";
const input = (target: Target) => ({ url: target.url, events: ["key.revoked"] as const });
const newServer = "https://other.example/latchkey";
/** The endpoint's URL, unchanged or on another server. */
const change = ({ endpointId, url }: Target) => ({ endpointId, url, events: ["key.leaked" as const] });

async function insert({ id }: TestOrganization, disabled = false): Promise<Target> {
  const endpoint = await createTestWebhook(id, { disabled });
  return { endpointId: endpoint.id, deliveryId: await createTestDelivery(id, endpoint.id), url };
}
const own = ({ organization }: MatrixWorld) => insert(organization);
const ids = ({ endpointId, deliveryId }: Target) => ({ endpointId, deliveryId });
const events = (target: Target) => ({ ...input(target), events: [...input(target).events] });

testMatrix<Target>("Webhooks", {
  proves: "[B2, L8] only who manages webhooks sees, changes and sends anything of them",
  calls: {
    listWebhooks: { door: (slug) => onPage(slug, (context) => listWebhooks(context)) },
    readDeliveryHours: { door: (slug) => onPage(slug, (context) => readDeliveryHours(context)) },
    readWebhook: {
      door: (slug, { endpointId }) => onPage(slug, (context) => readWebhook(context, { endpointId })),
      byId: true,
    },
    listDeliveries: {
      door: (slug, { endpointId }) => actions.listDeliveries(slug, { endpointId, limit: 25 }),
      byId: true,
    },
    readDelivery: { door: (slug, target) => actions.readDelivery(slug, ids(target)), byId: true },
    readDeliveryCounts: {
      door: (slug, { endpointId }) => onPage(slug, (context) => readDeliveryCounts(context, { endpointId })),
      byId: true,
    },
    createWebhook: {
      door: (slug, target) => actions.createWebhook(slug, events(target), randomUUID()),
      verb: (context, target) => createWebhook(context, events(target)),
    },
    updateWebhook: {
      door: (slug, target) => actions.updateWebhook(slug, change(target), randomUUID()),
      verb: (context, target) => updateWebhook(context, change(target)),
      byId: true,
    },
    rotateWebhookSecret: {
      door: (slug, { endpointId }) => actions.rotateWebhookSecret(slug, { endpointId }, randomUUID()),
      verb: (context, { endpointId }) => rotateWebhookSecret(context, { endpointId }),
      byId: true,
    },
    testWebhook: {
      door: (slug, { endpointId }) => actions.testWebhook(slug, { endpointId }, randomUUID()),
      verb: (context, { endpointId }) => testWebhook(context, { endpointId }),
      byId: true,
    },
    retryDelivery: {
      door: (slug, target) => actions.retryDelivery(slug, ids(target), randomUUID()),
      verb: (context, target) => retryDelivery(context, ids(target)),
      byId: true,
    },
    deleteWebhook: {
      door: (slug, { endpointId }) => actions.deleteWebhook(slug, { endpointId }, randomUUID()),
      verb: (context, { endpointId }) => deleteWebhook(context, { endpointId }),
      byId: true,
    },
  },
  targets: {
    all: own,
    "a new one": own,
    "a private address": async (world) => ({ ...(await own(world)), url: "https://[::ffff:10.0.0.1]/" }),
    "an endpoint": own,
    "its server": async (world) => ({ ...(await own(world)), url: newServer }),
    "a delivery": own,
    "a disabled one": ({ organization }) => insert(organization, true),
    "one of another organization": ({ elsewhere }) => insert(elsewhere),
  },
});
