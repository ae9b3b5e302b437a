import { Webhook } from "standardwebhooks";
import { expectAccessible } from "../support/browser/expect-accessible";
import { createOwnOrganization } from "../support/browser/own-organization";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { signedHeaders, startWebhookReceiver } from "../support/processes/webhook-receiver";
import { addEndpoint, deliveryFacts, deliveryRows, endpointRow } from "./webhooks-page";

test("[L8] a test arrives signed, and a failed delivery is sent again from beside the list", async ({
  browser,
}) => {
  test.slow();
  const receiver = await startWebhookReceiver();
  const latchkey = await startLatchkey(undefined, { WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.0/8" });
  const context = await browser.newContext({ baseURL: latchkey.server.url });
  const page = await context.newPage();
  await signIn(page, latchkey.server.url, "OWNER");
  const { slug } = await createOwnOrganization(page);
  const path = `/${slug}/settings/webhooks`;
  await page.goto(path);
  const secret = await addEndpoint(page, receiver.url);

  await page.getByRole("button", { name: "Send test" }).click();
  const facts = deliveryFacts(page);
  await expect(facts).toContainText("204 No Content");
  await expect(deliveryRows(page)).toHaveCount(1);
  await expect(deliveryRows(page)).toContainText("Delivered");
  await expect(endpointRow(page, receiver.url)).toContainText("Delivering");
  const [arrived] = receiver.received;
  if (arrived === undefined) throw new Error("Nothing arrived");
  expect(new Webhook(secret).verify(arrived.body, signedHeaders(arrived))).toMatchObject({
    type: "webhook.test",
  });
  await expect(facts).toContainText(String(arrived.headers["webhook-id"]));

  receiver.answerWith((_, response) => void response.writeHead(503).end('{"error":"maintenance"}'));
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(facts).toContainText("503 Service Unavailable");
  // The receiver has an internal address, so its response body is not kept.
  await expect(facts.getByRole("figure", { name: "response body" })).toHaveCount(0);
  await expect(endpointRow(page, receiver.url)).toContainText("Failing since");
  await expect(page.getByText(/^Deliveries have failed since .*“503”/)).toBeVisible();
  await expectAccessible(page, "a failing endpoint");

  receiver.answerWith((_, response) => void response.writeHead(200).end());
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(facts).toContainText("200 OK");
  await expect(endpointRow(page, receiver.url)).toContainText("Delivering");
  const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
  expect(new Set(ids).size).toBe(1);

  await page.getByRole("radio", { name: "Failed" }).click();
  await expect(page.getByText("Nothing has failed")).toBeVisible();
  await page.goBack();
  await expect(deliveryRows(page)).toHaveCount(1);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(path);
  await expect(page.getByRole("table", { name: "Deliveries" })).toBeHidden();
  await page.getByRole("link", { name: `Deliveries to ${receiver.url}` }).click();
  await expect(page.getByRole("table", { name: "Endpoints" })).toBeHidden();
  await expectAccessible(page, "an endpoint on a phone");
  await page.getByRole("table", { name: "Deliveries" }).getByRole("link").first().click();
  await expect(facts).toBeVisible();
  await expect(page.getByRole("table", { name: "Deliveries" })).toBeHidden();
  await expectAccessible(page, "a delivery on a phone");
  await page.goBack();
  await expect(page.getByRole("table", { name: "Deliveries" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("table", { name: "Endpoints" })).toBeVisible();
  await context.close();
  await stopLatchkey(latchkey);
  await receiver.close();
});
