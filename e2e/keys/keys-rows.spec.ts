import type { Locator, Page } from "@playwright/test";
import { keyRow, keysPath, keysTable, shownColumns } from "../support/browser/api-keys-page";
import { seedKeys } from "../support/browser/seeded-keys";
import type { Latchkey } from "../support/browser/test";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { untilHydrated } from "../support/browser/until-hydrated";

const rightToLeft = "مستودع الرياض الرئيسي للتوزيع والشحن السريع إلى جميع المدن";
const numbered = Array.from({ length: 40 }, (_, index) => ({
  name: `Numbered ${String(index + 1).padStart(2, "0")}`,
  created: 100 + index,
}));
const keys = [
  ...numbered,
  { name: "W".repeat(100), description: "d".repeat(300), created: 2 },
  { name: rightToLeft, description: "Riyadh", created: 3 },
  { name: "Ends this week", expires: 3, created: 4 },
  { name: "Ends next week", expires: 10, created: 5 },
  { name: "Ended by a person", revoked: true, created: 6 },
];

let latchkey: Latchkey;

test.beforeAll(async () => {
  latchkey = await startLatchkey((people) => seedKeys(people, keys));
});
test.afterAll(() => stopLatchkey(latchkey));
test.beforeEach(async ({ page }) => signIn(page, latchkey.server.url, "OWNER"));

async function open(page: Page, query = "?sort=created&direction=desc"): Promise<void> {
  await page.goto(latchkey.server.url + keysPath + query);
  await untilHydrated(
    keysTable(page)
      .getByRole("button", { name: /^Actions for / })
      .first(),
  );
}

const sheet = (page: Page) => page.getByRole("dialog", { name: "API Key Details" });
const nameOf = (page: Page, name: string) => keyRow(page, name).getByRole("button", { name, exact: true });
const box = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}`, exact: true });
const all = (page: Page) => page.getByRole("checkbox", { name: "Select all keys on this page" });
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Would a click on the middle of the element hit it? */
function isUncovered(element: Locator): Promise<boolean> {
  return element.evaluate((node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    const hit = document.elementFromPoint(left + Math.min(width / 2, 40), top + height / 2);
    return hit !== null && (node.contains(hit) || hit.contains(node));
  });
}

test("[S4] a click anywhere in a row opens the key, except on a control", async ({ page }) => {
  await open(page);
  await keyRow(page, "Numbered 01").getByText("Active").click();
  await expect(sheet(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();
  await expect(nameOf(page, "Numbered 01")).toBeFocused();
  await box(page, "Numbered 02").check();
  await keyRow(page, "Numbered 02").getByRole("button", { name: "Copy key ID" }).click();
  await page.getByRole("button", { name: "Actions for Numbered 02" }).click();
  await page.getByRole("menuitem", { name: "Copy key ID" }).click();
  await expect(page).toHaveURL((url) => !url.searchParams.has("key"));
});

test("[S4] the keyboard moves between rows, opens and selects them", async ({ page }) => {
  await open(page, "?search=Numbered&sort=name&direction=asc");
  await page.keyboard.press("j");
  await expect(nameOf(page, "Numbered 01")).toBeFocused();
  await page.keyboard.press("x");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(nameOf(page, "Numbered 03")).toBeFocused();
  await page.keyboard.press("Shift+X");
  for (const name of ["Numbered 01", "Numbered 02", "Numbered 03"])
    await expect(box(page, name)).toBeChecked();
  await expect(box(page, "Numbered 04")).not.toBeChecked();
  await page.keyboard.press("Enter");
  await expect(sheet(page)).toBeVisible();
  // The shortcuts do nothing behind the sheet.
  await page.keyboard.press("j");
  await page.keyboard.press("Escape");
  await expect(nameOf(page, "Numbered 03")).toBeFocused();
  const search = page.getByRole("searchbox", { name: "Search API keys" });
  await search.fill("");
  await search.pressSequentially("jxk");
  await expect(search).toHaveValue("jxk");
});

test("[L12] rows are selected one by one, in ranges and by page, and stay selected on other pages", async ({
  page,
}) => {
  await open(page, "?search=Numbered&sort=name&direction=asc&pageSize=25");
  await box(page, "Numbered 05").check();
  await expect(all(page)).toHaveJSProperty("indeterminate", true);
  await box(page, "Numbered 08").click({ modifiers: ["Shift"] });
  await expect(box(page, "Numbered 06")).toBeChecked();
  await expect(box(page, "Numbered 09")).not.toBeChecked();
  await box(page, "Numbered 06").click({ modifiers: ["Shift"] });
  await expect(box(page, "Numbered 07")).not.toBeChecked();
  await expect(box(page, "Numbered 05")).toBeChecked();
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(box(page, "Numbered 26")).not.toBeChecked();
  await expect(all(page)).not.toBeChecked();
  await all(page).check();
  await expect(box(page, "Numbered 40")).toBeChecked();
  await page.getByRole("button", { name: "Previous page" }).click();
  await expect(box(page, "Numbered 05")).toBeChecked();
  await expect(box(page, "Numbered 01")).not.toBeChecked();
});

test("[S4] the header and the pagination stay in view, and no focused control is behind them", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 700 });
  await open(page);
  const header = keysTable(page).getByRole("columnheader", { name: "Name", exact: true });
  await expect(page.getByRole("button", { name: "Next page" })).toBeInViewport({ ratio: 0.99 });
  await page.mouse.wheel(0, 600);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300);
  await expect(header).toBeInViewport({ ratio: 0.99 });
  expect(await isUncovered(header)).toBe(true);
  for (const key of ["Tab", "Shift+Tab"]) {
    await box(page, key === "Tab" ? rightToLeft : "Numbered 15").focus();
    for (let presses = 0; presses < 50; presses += 1) {
      await page.keyboard.press(key);
      const focused = page.locator(":focus");
      expect(await isUncovered(focused), `${key} ${presses}: ${await focused.textContent()}`).toBe(true);
    }
  }
});

for (const width of [1440, 1280, 1024, 900]) {
  test(`[Y4] at ${width} px columns are hidden before names are cut short, and nothing scrolls sideways`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(page);
    const headers = await keysTable(page)
      .getByRole("columnheader")
      .evaluateAll((cells) => cells.map(({ textContent, clientWidth }) => ({ textContent, clientWidth })));
    const shown = headers.filter(({ clientWidth }) => clientWidth > 0).map(({ textContent }) => textContent);
    const room = await keysTable(page).evaluate(({ clientWidth }) => clientWidth);
    const leaving = { Expires: 744, "Key ID": 928, Created: 1044 };
    for (const [title, least] of Object.entries(leaving)) {
      expect(shown.includes(title), `${title} at ${room}`).toBe(room >= least);
    }
    expect(shown).toEqual(expect.arrayContaining(["Name", "Access", "Status", "Last used"]));
    expect(headers.find(({ textContent }) => textContent === "Name")?.clientWidth).toBeGreaterThanOrEqual(
      184,
    );
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    expect(await keysTable(page).evaluate((table) => table.scrollWidth - table.clientWidth)).toBe(0);
  });
}

test("[S4] tells which keys end soon", async ({ page }) => {
  await open(page);
  const mark = (name: string) => keyRow(page, name).locator("td").nth(7).locator("svg");
  await expect(mark("Ends this week")).toHaveCount(1);
  await expect(mark("Ends next week")).toHaveCount(0);
  await expect(keyRow(page, "Ends next week")).toContainText("in 10 days");
});

test("[Y4] long names are cut off, and right-to-left names start at the right", async ({ page }) => {
  await open(page);
  const long = nameOf(page, "W".repeat(100));
  expect((await long.boundingBox())?.width).toBeLessThan(300);
  await expect(nameOf(page, rightToLeft)).toHaveCSS("direction", "rtl");
  await expect(long).toHaveCSS("direction", "ltr");
});

test("[L13] compact rows are chosen in the columns menu and remembered", async ({ page }) => {
  await open(page);
  const height = async () => (await keyRow(page, rightToLeft).boundingBox())?.height;
  expect(await height()).toBe(48);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemradio", { name: "Compact" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Calls (24 h)" }).click();
  await page.keyboard.press("Escape");
  expect(await height()).toBe(36);
  await expect(keyRow(page, rightToLeft).getByText("Riyadh")).toBeHidden();
  expect(await shownColumns(page)).toContain("Calls (24 h)");
  await open(page, "");
  expect(await height()).toBe(36);
});

for (const [width, height] of [
  [390, 844],
  [320, 640],
  // 1440 x 900 at 200% zoom.
  [720, 450],
] as const) {
  test(`[Y4] at ${width} x ${height} px rows have two lines and nothing scrolls sideways`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page, "?status=all&sort=created&direction=desc");
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    const findings = page.getByRole("group", { name: "Hygiene" }).getByRole("button");
    await findings.first().focus();
    for (const finding of await findings.all()) {
      await expect(finding).toBeFocused();
      await expect(finding).toBeInViewport({ ratio: 0.99 });
      await page.keyboard.press("Tab");
    }
    for (const name of ["W".repeat(100), rightToLeft, "Ends this week", "Ended by a person"]) {
      const row = keyRow(page, name);
      expect((await row.boundingBox())?.height, name).toBe(64);
      const menu = await row.getByRole("button", { name: `Actions for ${name}`, exact: true }).boundingBox();
      expect(Math.min(menu?.width ?? 0, menu?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
    await expect(keyRow(page, "Ends this week")).toContainText("Expires in 3 days");
    await expect(page.getByText("Expires in 3 days")).toBeVisible();
    await page.getByRole("combobox", { name: "Sort keys" }).selectOption("Name, A to Z");
    await expect(page).toHaveURL((url) => url.searchParams.get("sort") === "name");
    await keyRow(page, "Numbered 01").getByText("Member").click();
    await expect(sheet(page)).toBeVisible();
  });
}

test("[Y4] a phone's rows are still a table to a screen reader", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const count = (role: string) => nodes.filter((node) => node.role?.value === role && !node.ignored).length;
  expect(count("table")).toBe(1);
  expect(count("row")).toBeGreaterThanOrEqual(25);
  expect(count("cell")).toBeGreaterThanOrEqual(25 * 4);
});
