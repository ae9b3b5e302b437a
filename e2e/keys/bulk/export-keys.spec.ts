import { readFile } from "node:fs/promises";
import type { Browser, Page } from "@playwright/test";
import { keysPath, keysTable } from "@/e2e/support/browser/api-keys-page";
import { expectAccessible } from "@/e2e/support/browser/expect-accessible";
import { organizationSlug } from "@/e2e/support/browser/people";
import { seedKeys } from "@/e2e/support/browser/seeded-keys";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "@/e2e/support/browser/test";
import { untilHydrated } from "@/e2e/support/browser/until-hydrated";

let latchkey: Latchkey;

test.beforeAll(async () => {
  const crowd = Array.from({ length: 30 }, (_, index) => ({ name: `Crowd ${index + 1}` }));
  const hostile = { name: '=1+1 ,"quoted"', description: "cell" };
  latchkey = await startLatchkey((made) => seedKeys(made, [...crowd, hostile]));
});
test.afterAll(() => stopLatchkey(latchkey));

async function pageOf(browser: Browser, level: "OWNER" | "MEMBER"): Promise<Page> {
  const context = await browser.newContext({ baseURL: latchkey.server.url });
  const page = await context.newPage();
  await signIn(page, latchkey.server.url, level);
  return page;
}
async function openList(page: Page, search: string): Promise<void> {
  await page.goto(`${keysPath}?search=${encodeURIComponent(search)}`);
  await untilHydrated(page.getByRole("button", { name: "Account menu" }));
  await expect(keysTable(page)).toBeVisible();
}
const bar = (page: Page) => page.getByRole("toolbar", { name: "Selected keys" });

test("[L12] the list and the ticked keys are exported, a member only their own", async ({ browser }) => {
  const page = await pageOf(browser, "OWNER");
  await openList(page, "quoted");
  const saved = async (press: () => Promise<void>) => {
    const [download] = await Promise.all([page.waitForEvent("download"), press()]);
    expect(download.suggestedFilename()).toMatch(
      new RegExp(`^${organizationSlug}-api-keys-\\d{4}-\\d\\d-\\d\\d\\.csv$`),
    );
    return (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  };
  const list = await saved(() => page.getByRole("button", { name: "Export CSV" }).click());
  expect(list).toHaveLength(2);
  expect(list[0]?.startsWith("\uFEFFkey_id,name,description,")).toBe(true);
  expect(list[1]).toContain(`,"'=1+1 ,""quoted""",cell,`);
  await page.getByRole("checkbox", { name: "Select all keys on this page" }).check();
  const ticked = await saved(() => bar(page).getByRole("button", { name: "Export" }).click());
  expect(ticked).toEqual(list);

  const member = await pageOf(browser, "MEMBER");
  const refused = await member.request.get(`${keysPath}/export`);
  expect(refused.status()).toBe(404);
  const owner = await page.request.get(`${keysPath}/export?status=nonsense`);
  expect(owner.status()).toBe(400);
  const file = await page.request.get(`${keysPath}/export`);
  expect(file.headers()).toMatchObject({
    "cache-control": "no-store",
    "content-type": "text/csv; charset=utf-8",
    "x-content-type-options": "nosniff",
  });
});

test("[L12] on a phone the toolbar fits, and leaves the last row in sight", async ({ browser }) => {
  const page = await pageOf(browser, "OWNER");
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await openList(page, "Crowd");
    await page.getByRole("button", { name: "Select keys" }).click();
    await page
      .getByRole("checkbox", { name: /^Select Crowd/ })
      .first()
      .check();
    await expect(bar(page)).toBeVisible();
    for (const name of ["Pause", "Transfer", "Export", "Revoke", "Delete"]) {
      const box = await bar(page).getByRole("button", { name, exact: true }).boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? width + 1)).toBeLessThanOrEqual(width);
      expect(box?.height ?? 0).toBeGreaterThanOrEqual(24);
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  }
  await expectAccessible(page, "the toolbar on a phone");
});
