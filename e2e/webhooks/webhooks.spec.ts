import { expectAccessible } from "../support/browser/expect-accessible";
import { loseNextAnswer } from "../support/browser/network-faults";
import { expect, test } from "../support/browser/test";
import { addEndpoint, deliveryRows, endpointRow, openEndpointDialog, takeSecret } from "./webhooks-page";

const url = "https://hooks.example/latchkey";
const secretPattern = /^whsec_[A-Za-z0-9+/]{43}=$/;

test("[L8] an owner adds an endpoint, reads its secret once, edits it and deletes it", async ({
  ownOrganization,
}) => {
  test.slow();
  const { page, slug } = await ownOrganization();
  await page.goto(`/${slug}`);
  await page.getByRole("link", { name: "Webhooks" }).click();
  await expect(page.getByRole("heading", { name: "Webhooks", level: 1 })).toBeVisible();
  await expect(page.getByText("No endpoints yet")).toBeVisible();
  await expectAccessible(page, "no endpoints");

  await page.getByRole("button", { name: "Add endpoint" }).first().click();
  const adding = page.getByRole("dialog", { name: "Add endpoint" });
  await adding.getByLabel("URL", { exact: true }).fill("https://[::ffff:10.0.0.1]/");
  await adding.getByRole("button", { name: "Add", exact: true }).click();
  await expect(adding.getByText("This address is private").first()).toBeVisible();
  await adding.getByRole("radio", { name: "Chosen events" }).check();
  await expectAccessible(page, "Add endpoint, refused");
  await expect(adding.getByRole("button", { name: "Add", exact: true })).toHaveAccessibleDescription(
    "Choose at least one event.",
  );
  await adding.getByLabel("URL", { exact: true }).fill(url);
  await adding.getByRole("checkbox", { name: "key.revoked", exact: true }).check();
  await adding.getByRole("button", { name: "Add", exact: true }).dblclick();
  const added = page.getByRole("dialog", { name: "Endpoint added" });
  await expect(added.getByLabel("Signing secret")).toHaveValue(secretPattern);
  await expectAccessible(page, "Endpoint added");
  await added.getByRole("button", { name: "Done" }).click();
  await expect(added.getByRole("alert")).toContainText("The secret has not been copied");
  await takeSecret(added);
  await expect(endpointRow(page, url)).toHaveCount(1);
  await expect(endpointRow(page, url)).toContainText("key.revoked");
  await expect(endpointRow(page, url)).toContainText("Nothing sent yet");
  await page.reload();
  await expect(page.locator("body")).not.toContainText("whsec_");

  const editing = await openEndpointDialog(page, url, "Edit");
  await editing.getByRole("checkbox", { name: "key.leaked", exact: true }).check();
  await editing.getByRole("button", { name: "Save" }).click();
  await expect(editing).toBeHidden();
  await expect(endpointRow(page, url)).toContainText("key.revoked, key.leaked");
  await expectAccessible(page, "an endpoint");

  const disabling = await openEndpointDialog(page, url, "Disable");
  await disabling.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(endpointRow(page, url)).toContainText("Disabled");
  await expect(page.getByRole("button", { name: "Send test" })).toHaveAccessibleDescription(
    "The endpoint is disabled. Enable it first.",
  );
  await expect(deliveryRows(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Enable", exact: true }).click();
  const enabling = page.getByRole("dialog", { name: "Enable endpoint" });
  await enabling.getByRole("button", { name: "Enable", exact: true }).click();
  await expect(endpointRow(page, url)).toContainText("Ready");

  const deleting = await openEndpointDialog(page, url, "Delete");
  await expectAccessible(page, "Delete endpoint");
  await deleting.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No endpoints yet")).toBeVisible();
});

test("[L8] a secret is rotated, and the previous one signs for another day", async ({ ownOrganization }) => {
  test.slow();
  const { page, slug } = await ownOrganization();
  await page.goto(`/${slug}/settings/webhooks`);
  const first = await addEndpoint(page, url);
  expect(first).toMatch(secretPattern);
  const rotating = await openEndpointDialog(page, url, "Rotate secret");
  await expect(rotating).toContainText("For a day, two secrets are valid");
  await expectAccessible(page, "Rotate secret");
  await rotating.getByRole("button", { name: "Rotate", exact: true }).click();
  await expect(rotating).toContainText("messages are signed with the previous secret too");
  const second = await takeSecret(rotating);
  expect(second).toMatch(secretPattern);
  expect(second).not.toBe(first);
  await expect(page.getByText(/^Two signing secrets are valid until /)).toBeVisible();
  const again = await openEndpointDialog(page, url, "Rotate secret");
  await expect(again).toContainText("The secret before the last rotation ends at once");
  await page.keyboard.press("Escape");
  await expect(again).toBeHidden();
});

test("[L8] an endpoint whose secret was lost with the response exists once, and gets a new secret", async ({
  ownOrganization,
}) => {
  test.slow();
  const { page, slug } = await ownOrganization();
  await page.goto(`/${slug}/settings/webhooks`);
  await page.getByRole("button", { name: "Add endpoint" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("URL", { exact: true }).fill(url);
  await loseNextAnswer(page);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("The server did not answer");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("its signing secret did not arrive");
  await dialog.getByRole("button", { name: "Rotate it to get a secret" }).click();
  expect(await takeSecret(dialog)).toMatch(secretPattern);
  await expect(endpointRow(page, url)).toHaveCount(1);
});

test("[L8] people who do not manage webhooks have no such page, and a missing endpoint is reported", async ({
  signedInAs,
}) => {
  for (const level of ["ADMIN", "MEMBER"] as const) {
    const page = await signedInAs(level);
    const answer = await page.goto("/acme/settings/webhooks");
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("link", { name: "Webhooks" })).toHaveCount(0);
  }
  const page = await signedInAs("OWNER");
  for (const address of ["endpoint=00000000-0000-4000-8000-000000000000", "endpoint=x", "cursor=x"]) {
    await page.goto(`/acme/settings/webhooks?${address}`);
    await expect(page.getByText("There is no such endpoint")).toBeVisible();
  }
});
