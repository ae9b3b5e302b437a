import type { Route } from "@playwright/test";
import { keyRow, keysPath, searchKeys } from "../support/browser/api-keys-page";
import { expectAccessible, findFaults } from "../support/browser/expect-accessible";
import { expect, test } from "../support/browser/test";
import { deferred } from "../support/timing/deferred";

test("offline, the page stays; once the network is back, pending searches and dialogs load", async ({
  ownOrganization,
}) => {
  const { page, keysPath } = await ownOrganization();
  await page.goto(keysPath);
  const row = keyRow(page, "Default API Key");
  await expect(row).toBeVisible();
  const search = page.getByRole("searchbox", { name: "Search API keys" });
  await searchKeys(page, "default");
  await expect(page).toHaveURL(/search=default/);
  await page.context().setOffline(true);
  const note = page.getByRole("status").filter({ hasText: "You are offline. The list is from" });
  await expect(note).toBeVisible();
  await search.fill("nothing like it");
  await expect(search).toHaveValue("nothing like it");
  await expect(row).toBeVisible();
  await expect(note).toContainText("What you asked for loads once the connection is back.");
  await expect(page.getByRole("table", { name: "API keys" })).toHaveAttribute("aria-busy", "false");
  await expect(page.getByRole("search").locator(".animate-spin")).toHaveCount(0);
  const failure = page.getByRole("alert").filter({ hasText: "This could not be loaded." });
  const actions = page.getByRole("button", { name: "Actions for Default API Key" });
  const generate = page.getByRole("button", { name: "Generate New Key" });
  const dialog = page.getByRole("dialog", { name: "Generate New Key" });
  for (const button of [actions, generate]) {
    await button.click();
    await expect(failure).toBeVisible();
    await failure.getByRole("button", { name: "Close" }).click();
    await expect(failure).toBeHidden();
  }
  await generate.click();
  await expect(failure).toBeVisible();
  await expectAccessible(page, "offline");

  await page.context().setOffline(false);
  await expect(page.getByText("Nothing found for “nothing like it”")).toBeVisible();
  await expect(note).toBeHidden();
  await failure.getByRole("button", { name: "Try again" }).click();
  await expect(dialog).toBeVisible();
  await expect(failure).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await searchKeys(page, "default");
  await actions.click();
  await expect(page.getByRole("menuitem", { name: "View details" })).toBeVisible();
});

test("with an unreachable server the page stays as it is, and the person can retry", async ({
  ownOrganization,
}) => {
  const { page, keysPath } = await ownOrganization();
  await page.goto(keysPath);
  await expect(keyRow(page, "Default API Key")).toBeVisible();
  const cut = (route: Route) =>
    route.request().headers().rsc === undefined ? route.fallback() : route.abort("connectionrefused");
  await page.route("**/*", cut);
  await page.getByRole("searchbox", { name: "Search API keys" }).fill("no such key");
  const note = page.getByText("Latchkey cannot be reached. The list is from");
  await expect(note).toBeVisible();
  await expect(keyRow(page, "Default API Key")).toBeVisible();
  await expectAccessible(page, "a server that cannot be reached");
  await page.unroute("**/*", cut);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Nothing found for “no such key”")).toBeVisible();
  await expect(note).toBeHidden();
});

test("a late request can be retried, and its late answer is dropped", async ({ ownOrganization }) => {
  const { page, keysPath } = await ownOrganization();
  await page.clock.install();
  await page.goto(keysPath);
  await expect(keyRow(page, "Default API Key")).toBeVisible();
  const asked = deferred();
  // Do not unroute later, because the browser would then send the held requests.
  let isLate = true;
  await page.route("**/*", (route: Route) => {
    if (!isLate || route.request().headers().rsc === undefined) return route.fallback();
    asked.resolve();
  });
  await page.getByRole("searchbox", { name: "Search API keys" }).fill("no such key");
  await asked.promise;
  await page.clock.fastForward(11_000);
  const note = page
    .getByRole("status")
    .filter({ hasText: "Latchkey is taking long to answer. The list is from" });
  await expect(note).toBeVisible();
  // The list is dimmed while it waits.
  expect(await findFaults(page, "light", ["color-contrast"])).toEqual([]);
  isLate = false;
  await note.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Nothing found for “no such key”")).toBeVisible();
  await expect(note).toBeHidden();
});

test("after an upgrade the page asks to be reloaded, and the dialog says that nothing was done", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  await page.getByRole("button", { name: "Generate New Key" }).click();
  const dialog = page.getByRole("dialog", { name: "Generate New Key" });
  await dialog.getByLabel("Name", { exact: true }).fill("Older page");
  await expect(dialog.getByLabel("Access level", { exact: true })).toBeEnabled();
  // Next's response to an unknown action id.
  const unknown = (route: Route) =>
    route.request().method() !== "POST"
      ? route.fallback()
      : route.fulfill({
          status: 404,
          headers: { "x-nextjs-action-not-found": "1" },
          contentType: "text/plain",
          body: "Server action not found.",
        });
  await page.route("**/*", unknown);
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(dialog.getByRole("alert")).toHaveText(/^Latchkey was updated\. Reload the page/);
  await page.unroute("**/*", unknown);
  // The first Escape asks whether to drop what was typed.
  await expect(async () => {
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByText("Latchkey was updated.", { exact: true })).toBeVisible();
  await expectAccessible(page, "after an upgrade");
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByText("Latchkey was updated.")).toHaveCount(0);
});
