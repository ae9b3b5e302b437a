import { keyRow, keysPath, shownNames } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { createTestKey, pauseTestKey } from "../support/data/test-key";
import { deferred } from "../support/timing/deferred";

let latchkey: Latchkey;
/** A customer's id, which looks like a secret. */
const customer = "user_2NNEqL2nrIRdJ194ndJqAHwEfxC";

test.beforeAll(async () => {
  latchkey = await startLatchkey(async (made) => {
    const organization = { id: made.organizationId, userIds: made.userIds };
    const create = (name: string, over: Parameters<typeof createTestKey>[1] = {}) =>
      createTestKey(organization, { name, accessLevel: "MEMBER", roles: ["read_only"], ...over });
    await create("One", { subject: "acct_1", labels: { env: "production", team: "data" } });
    await create("Two", { subject: "acct_1", labels: { env: "staging" }, description: `For ${customer}` });
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

test("[L14] the status in a row filters for paused keys, and they are counted", async ({ page }) => {
  await keyRow(page, "Stopped").getByRole("button", { name: "Filter by status Paused" }).click();
  await expect.poll(() => shownNames(page)).toEqual(["Stopped"]);
  await expect(page.getByText("1–1 of 1 key")).toBeVisible();
  await expect(page).toHaveURL((url) => url.searchParams.get("status") === "paused");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("tab", { name: "Status" }).click();
  const only = page.getByRole("dialog").getByRole("radio", { name: "Paused" });
  await expect(only).toBeChecked();
  await expect(only).toHaveAccessibleDescription("1 key");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove filter: Status is Paused" }).click();
  await expect.poll(async () => (await shownNames(page)).sort()).toEqual(all);
  await expect(page.getByRole("radio", { name: "Active" })).toBeChecked();
});

test("[L13] an invalid filter in the URL shows no keys, says why, and can be cleared", async ({ page }) => {
  await page.goto(`${latchkey.server.url + keysPath}?label=Env%3Dproduction&subject=acct_1`);
  await expect(
    page.getByRole("status").filter({ hasText: "“label:Env=production” cannot be used" }),
  ).toBeVisible();
  expect(await shownNames(page)).toEqual([]);
  await page.getByRole("button", { name: "Clear search and filters" }).click();
  await expect.poll(async () => (await shownNames(page)).sort()).toEqual(all);
});

test("[L13] the filters are chosen by keyboard, count their keys, and apply at once", async ({ page }) => {
  const button = page.getByRole("button", { name: "Filter", exact: true });
  await button.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Filter API keys" });
  await expect(dialog.getByRole("tab", { name: "Creator" })).toBeFocused();
  for (let step = 0; step < 7; step += 1) await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("tab", { name: "Label" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("production");
  await expect(dialog.getByRole("checkbox")).toHaveCount(1);
  const production = dialog.getByRole("checkbox", { name: "env=production" });
  await expect(production).toHaveAccessibleDescription("2 keys");
  await page.keyboard.press("ArrowDown");
  await expect(production).toBeFocused();
  await page.keyboard.press("Space");
  await expect.poll(async () => (await shownNames(page)).sort()).toEqual(["Like one", "One"]);
  await expect(dialog.getByText("As text: label:env=production")).toBeVisible();
  await expect(dialog.getByText("2 keys match")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
  const forever = page.getByRole("group", { name: "Hygiene" }).getByRole("button", { name: "Never expires" });
  await forever.click();
  await expect(forever).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("list", { name: "Filters" }).getByRole("button")).toHaveText([
    ...["Label is env=production", "Hygiene is Never expires", "Clear all", "Save view"],
  ]);
  await page.goBack();
  await expect(forever).toHaveAttribute("aria-pressed", "false");
  await page.goForward();
  await expect(forever).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect.poll(async () => (await shownNames(page)).sort()).toEqual(all);
});

test("[Y3] a token pasted into a filter becomes its key's id before it reaches the URL", async ({ page }) => {
  const id = "aB7cD8eF9gH0jK1m";
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Filter API keys" });
  await dialog.getByRole("tab", { name: "Subject" }).click();
  const find = dialog.getByRole("textbox", { name: "Find a subject" });
  await find.fill(`lk_sk_${id}${"S".repeat(32)}123456`);
  await expect(find).toHaveValue(`key_${id}`);
  await dialog.getByRole("checkbox", { name: `Exactly “key_${id}”` }).check();
  await expect(page).toHaveURL((url) => url.searchParams.get("subject") === `key_${id}`);
});

test("[Y3] text that looks like another system's secret stays out of every URL", async ({ page }) => {
  const secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  const box = page.getByRole("searchbox", { name: "Search API keys" });
  const note = page.getByRole("status").filter({ hasText: "looks like a secret" });
  await box.focus();
  await box.fill(`label:team subject:${secret}`);
  await expect(note).toContainText("No key here has it.");
  await expect.poll(() => shownNames(page)).toEqual(["One"]);
  // The server finds it in a key's description, so it is searched for like any text.
  await box.fill(customer);
  await expect.poll(() => shownNames(page)).toEqual(["Two"]);
  await expect(page).toHaveURL((url) => url.searchParams.get("search") === customer);
  await expect(note).toBeHidden();
  expect(addresses.filter((address) => address.includes(secret))).toEqual([]);
});

test("[L13] filters are completed while they are typed, by keyboard and by mouse", async ({ page }) => {
  const box = page.getByRole("searchbox", { name: "Search API keys" });
  const list = page.getByRole("listbox", { name: "Suggestions" });
  const option = (name: string | RegExp) => list.getByRole("option", { name });
  await box.focus();
  await expect(list).toBeHidden();
  await box.pressSequentially("lab");
  await expect(list.getByRole("option")).toHaveText(["label:Label"]);
  await box.press("Tab");
  await expect(box, "a word that begins a name is left by Tab").not.toBeFocused();
  await expect(list).toBeHidden();
  await box.fill("lab");
  await box.press("ArrowDown");
  await expect(option(/^label:/)).toHaveAttribute("aria-selected", "true");
  await box.press("Enter");
  await expect(box).toHaveValue("label:");
  await expect(option(/^env=production/)).toContainText("2 keys");
  await expect(page.getByText("5 suggestions. Choose with")).toBeAttached();
  await expect.poll(() => shownNames(page), "an unfinished filter hides nothing").toHaveLength(all.length);
  const last = list.getByRole("option").last();
  const active = () => box.getAttribute("aria-activedescendant");
  // The list may still be loading for the previous search.
  await expect(async () => {
    await expect(last).toBeVisible({ timeout: 1_000 });
    if ((await active()) === null) await box.press("ArrowUp");
    expect(await active()).toBe(await last.getAttribute("id", { timeout: 1_000 }));
  }).toPass();
  await expectAccessible(page, "completion");
  await box.press("Escape");
  await expect(list).toBeHidden();
  await expect(box, "the first Escape closes the list only").toHaveValue("label:");
  await box.pressSequentially("env=prod");
  await expect(list.getByRole("option")).toHaveText(["env=production2 keys"]);
  await box.press("Tab");
  await expect(box).toBeFocused();
  await expect(box).toHaveValue("label:env=production ");
  await expect.poll(async () => (await shownNames(page)).sort()).toEqual(["Like one", "One"]);
  await box.pressSequentially("subject:");
  await list
    .getByRole("option")
    .filter({ hasText: /^acct_11 key/ })
    .click();
  await expect.poll(() => shownNames(page)).toEqual(["One"]);
  await expect(box).toBeFocused();
});

test("[L13] typed terms filter and become chips, and an older answer never replaces a newer one", async ({
  page,
}) => {
  const box = page.getByRole("searchbox", { name: "Search API keys" });
  await box.fill("subject:acct_1 label:team");
  await expect.poll(() => shownNames(page)).toEqual(["One"]);
  await box.press("Enter");
  await expect(page.getByRole("listbox", { name: "Suggestions" }), "Enter closes the list").toBeHidden();
  await page.getByRole("button", { name: "Remove filter: Label named team" }).click();
  await expect(box).toHaveValue("");
  await expect.poll(async () => (await shownNames(page)).sort()).toEqual(["One", "Stopped", "Two"]);
  await page.getByRole("button", { name: "Remove filter: Subject is acct_1" }).click();
  await box.fill("level:boss");
  await box.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "“level:boss” cannot be used" })).toBeVisible();
  // Hold the response to the first text until the second one is shown.
  const held = deferred();
  await page.route(/search=Like/, async (route) => {
    await held.promise;
    await route.continue().catch(() => undefined);
  });
  const asked = page.waitForRequest(/search=Like/);
  await box.fill("Like");
  await box.press("Enter");
  const first = await asked;
  await box.fill("Two");
  await expect.poll(() => shownNames(page)).toEqual(["Two"]);
  held.resolve();
  // Null if the browser has cancelled the request.
  await (await first.response().catch(() => null))?.finished();
  await page.evaluate(() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve))));
  expect(await shownNames(page)).toEqual(["Two"]);
});

test("[L13] unknown names in a filter are reported", async ({ page }) => {
  await page.goto(`${latchkey.server.url + keysPath}?creator=zoe&role=gone_role`);
  await expect(page.getByText("Nobody called “zoe” created a key here.")).toBeVisible();
  await expect(page.getByText("This organization has no role “gone_role”.")).toBeVisible();
  expect(await shownNames(page)).toEqual([]);
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
