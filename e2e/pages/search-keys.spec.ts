import type { Page } from "@playwright/test";
import { keysPath } from "../support/browser/api-keys-page";
import { typeSearch } from "../support/browser/by-keyboard";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { untilHydrated } from "../support/browser/until-hydrated";
import { createTestKey } from "../support/data/test-key";

let latchkey: Latchkey;
test.beforeAll(async () => {
  latchkey = await startLatchkey(async ({ organizationId: id, userIds }) => {
    for (const name of ["Courier one", "Courier two", "Lone wolf"]) {
      await createTestKey({ id, userIds }, { name, accessLevel: "MEMBER", roles: ["read_only"] });
    }
  });
});
test.afterAll(() => stopLatchkey(latchkey));

async function openPage(page: Page, name: string, search: string) {
  await page.goto(latchkey.server.url + keysPath.replace("api-keys", name));
  const box = page.getByRole("searchbox", { name: search });
  await untilHydrated(box);
  return box;
}
const focused = (page: Page) => page.locator(":focus");

test("[L12] the keyboard moves from the search into the rows and back, and Esc clears, then leaves the search", async ({
  page,
}) => {
  await signIn(page, latchkey.server.url, "OWNER");
  const box = await openPage(page, "api-keys", "Search API keys");
  const first = page.getByRole("table", { name: "API keys" }).locator("[data-row-opener]").first();
  await box.focus();
  await typeSearch(page, "Courier");
  await expect(page.getByText("1–2 of 2 keys")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(box).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Escape");
  await expect(box).toHaveValue("");
  await expect(box).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(box).not.toBeFocused();
  // The only result opens, even if Enter is pressed before it has loaded.
  await page.keyboard.press("/");
  await expect(box).toBeFocused();
  await page.keyboard.type("Lone wolf");
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await expect(sheet).toContainText("Lone wolf");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await box.focus();
  await page.keyboard.press("Enter");
  await expect(sheet).toContainText("Lone wolf");
});

for (const [name, label, text, opened] of [
  ["members", "Search members", "owner", null],
  ["applications", "Search applications", "", null],
  ["roles", "Search roles", "read_only", "dialog"],
  ["audit-log", "Search the audit log", "", null],
] as const) {
  test(`[L12] the same on the page ${name}`, async ({ page }) => {
    await signIn(page, latchkey.server.url, "OWNER");
    const box = await openPage(page, name, label);
    await box.focus();
    if (text !== "") {
      await typeSearch(page, text);
      // The header and the only result.
      await expect(page.getByRole("table").first().getByRole("row")).toHaveCount(2);
    }
    if (name !== "applications") {
      await page.keyboard.press("ArrowDown");
      await expect(page.getByRole("table").first().locator(":focus")).toHaveCount(1);
      await page.keyboard.press("ArrowUp");
      await expect(box).toBeFocused();
    }
    if (opened !== null) {
      await page.keyboard.press("Enter");
      await expect(page.getByRole(opened)).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(page.getByRole(opened)).toBeHidden();
      await box.focus();
    }
    for (let press = text === "" ? 1 : 2; press > 0; press -= 1) await page.keyboard.press("Escape");
    await expect(box).toHaveValue("");
    await expect(focused(page).and(box)).toHaveCount(0);
  });
}

test("[L12] text typed and choices made before hydration count", async ({ page }) => {
  await signIn(page, latchkey.server.url, "OWNER");
  let goOn = () => {};
  const typedAll = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route("**/*.js", async (route) => {
    await typedAll;
    await route.continue();
  });
  await page.goto(latchkey.server.url + keysPath, { waitUntil: "commit" });
  const box = page.getByRole("searchbox", { name: "Search API keys" });
  await box.fill("Courier");
  const size = page.getByRole("combobox", { name: "Rows per page" });
  await size.selectOption("50");
  const row = page.getByRole("checkbox", { name: "Select Courier one" });
  await row.check();
  goOn();
  await expect(page.getByText("1–2 of 2 keys")).toBeVisible();
  await expect(page).toHaveURL(({ searchParams }) => searchParams.get("pageSize") === "50");
  await expect(box).toHaveValue("Courier");
  await expect(row).not.toBeChecked();
});
