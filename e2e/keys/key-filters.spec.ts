import { keyRow, keysPath, shownNames } from "../support/browser/api-keys-page";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { createTestKey, pauseTestKey } from "../support/data/test-key";

let latchkey: Latchkey;

test.beforeAll(async () => {
  latchkey = await startLatchkey(async (made) => {
    const organization = { id: made.organizationId, userIds: made.userIds };
    const create = (name: string, over: Parameters<typeof createTestKey>[1] = {}) =>
      createTestKey(organization, { name, accessLevel: "MEMBER", roles: ["read_only"], ...over });
    await create("One", { subject: "acct_1", labels: { env: "production", team: "data" } });
    await create("Two", { subject: "acct_1", labels: { env: "staging" } });
    await create("Like one", { subject: "acct_10", labels: { env: "production" } });
    const paused = await create("Stopped", { subject: "acct_1" });
    await pauseTestKey(paused.id);
  });
});
test.afterAll(() => stopLatchkey(latchkey));
test.beforeEach(async ({ page }) => {
  page.on("response", (response) => expect(response.status(), response.url()).toBeLessThan(500));
  await signIn(page, latchkey.server.url, "OWNER");
  await page.goto(`${latchkey.server.url + keysPath}?columns=subject,labels`);
});

const all = ["Default API Key", "Like one", "One", "Stopped", "Two"];

test("[L13] a subject or a label in a row filters by it, and each filter is removed by its button", async ({
  page,
}) => {
  const shown = async () => (await shownNames(page)).sort();
  await expect.poll(shown).toEqual(all);
  await keyRow(page, "One").getByRole("button", { name: "Filter by subject acct_1" }).click();
  await expect.poll(shown).toEqual(["One", "Stopped", "Two"]);
  await expect(page).toHaveURL((url) => url.searchParams.get("subject") === "acct_1");
  await keyRow(page, "One").getByRole("button", { name: "Filter by label env=production" }).click();
  await expect.poll(shown).toEqual(["One"]);

  await page.reload();
  await expect.poll(shown).toEqual(["One"]);
  const remove = page.getByRole("button", { name: "Remove filter: Subject is acct_1" });
  await remove.focus();
  await page.keyboard.press("Enter");
  await expect.poll(shown).toEqual(["Like one", "One"]);
  await expect(page.getByRole("button", { name: "Filter", exact: true })).toBeFocused();
  await page.getByRole("button", { name: "Remove filter: Label is env=production" }).click();
  await expect.poll(shown).toEqual(all);
  await page.goBack();
  await expect.poll(shown).toEqual(["Like one", "One"]);
});

test("[L14] paused keys are found from the status of one, and are counted", async ({ page }) => {
  await keyRow(page, "Stopped").getByRole("button", { name: "Filter by status Paused" }).click();
  await expect.poll(() => shownNames(page)).toEqual(["Stopped"]);
  await expect(page.getByText("1–1 of 1")).toBeVisible();
  await expect(page).toHaveURL((url) => url.searchParams.get("status") === "paused");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const only = page.getByRole("checkbox", { name: "Only paused keys" });
  await expect(only).toBeChecked();
  await expect(only).toHaveAccessibleDescription("1 paused now");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove filter: Status is Paused" }).click();
  await expect.poll(async () => (await shownNames(page)).sort()).toEqual(all);
  await expect(page.getByRole("radio", { name: "Active" })).toBeChecked();
});

test("[L13] a filter in the address that is written wrong shows no keys, says why, and can be cleared", async ({
  page,
}) => {
  await page.goto(`${latchkey.server.url + keysPath}?label=Env%3Dproduction&subject=acct_1`);
  await expect(page.getByRole("status").filter({ hasText: "A label is a name" })).toBeVisible();
  expect(await shownNames(page)).toEqual([]);
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect.poll(async () => (await shownNames(page)).sort()).toEqual(all);
});

test("[L13] the dialog Filter sets filters, by keyboard, and says what is wrong", async ({ page }) => {
  const button = page.getByRole("button", { name: "Filter", exact: true });
  await button.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Filter API keys" });
  await expect(dialog.getByLabel("Subject")).toBeFocused();
  await page.keyboard.type("acct_1");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Env=production");
  await page.keyboard.press("Enter");
  const labels = dialog.getByLabel("Labels");
  await expect(labels).toHaveAccessibleDescription(/“Env=production” is not the name of a label/);
  await labels.fill("env, team = data");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
  await expect.poll(() => shownNames(page)).toEqual(["One"]);
  await expect(page.getByRole("list", { name: "Filters" }).getByRole("button")).toHaveText([
    ...["Subject is acct_1", "Label named env", "Label is team=data", "Clear all"],
  ]);
  await button.click();
  await expect(labels).toHaveValue("env, team=data");
  await dialog.getByRole("checkbox", { name: "Only paused keys" }).check();
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("No keys match the filter")).toBeVisible();
  await expect(page.getByText("Only paused keys are shown.")).toBeVisible();
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect.poll(async () => (await shownNames(page)).sort()).toEqual(all);
});

test("[L13] a label in the details closes them and filters", async ({ page }) => {
  await keyRow(page, "Two").getByRole("button", { name: "Two", exact: true }).click();
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await sheet.getByRole("button", { name: "Filter by label env=staging" }).click();
  await expect(sheet).toBeHidden();
  await expect.poll(() => shownNames(page)).toEqual(["Two"]);
});

test("[L13] the search finds a part of a subject", async ({ page }) => {
  await page.getByRole("searchbox", { name: "Search API keys" }).fill("CCT_10");
  await expect.poll(() => shownNames(page)).toEqual(["Like one"]);
});
