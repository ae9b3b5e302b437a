"use server";

import {
  createWebhookInput,
  deliveryInput,
  listDeliveriesInput,
  updateWebhookInput,
  webhookInput,
} from "@/lib/schemas/webhooks/webhook";
import {
  createWebhook as createVerb,
  deleteWebhook as deleteVerb,
  rotateWebhookSecret as rotateVerb,
  updateWebhook as updateVerb,
} from "@/lib/services/webhooks/change-webhooks";
import {
  listDeliveries as listDeliveriesVerb,
  readDelivery as readDeliveryVerb,
} from "@/lib/services/webhooks/list-deliveries";
import { retryDelivery as retryVerb, testWebhook as testVerb } from "@/lib/services/webhooks/send-deliveries";
import { organizationChange, organizationRead } from "../action";

export const createWebhook = organizationChange("webhooks.create", createWebhookInput, createVerb, [
  "signingSecret",
]);
export const updateWebhook = organizationChange("webhooks.update", updateWebhookInput, updateVerb);
export const deleteWebhook = organizationChange("webhooks.remove", webhookInput, deleteVerb);
export const rotateWebhookSecret = organizationChange("webhooks.rotate", webhookInput, rotateVerb, [
  "signingSecret",
]);
export const testWebhook = organizationChange("webhooks.test", webhookInput, testVerb);
export const retryDelivery = organizationChange("webhooks.retry", deliveryInput, retryVerb);
export const listDeliveries = organizationRead(listDeliveriesInput, listDeliveriesVerb);
export const readDelivery = organizationRead(deliveryInput, readDeliveryVerb);
