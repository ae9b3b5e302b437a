import { keysPath, shownNames } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { createTestKey } from "../support/data/test-key";

let latchkey: Latchkey;

test.beforeAll(async () => {
  latchkey = await startLatchkey(async (made) => {
    const organization = { id: made.organizationId, userIds: made.userIds };
    await createTestKey(organization, { name: "One", accessLevel: "MEMBER", subject: "acct_1" });
    await createTestKey(organization, { name: "Two", accessLevel: "ADMIN" });
  });
});
test.afterAll(() => stopLatchkey(latchkey));

test("[L13] a view is saved under a name, opened, renamed and deleted, and counts on other pages link to the list", async ({
  page,
}) => {
  await signIn(page, latchkey.server.url, "OWNER");
  await page.goto(`${latchkey.server.url + keysPath}?level=member&subject=acct_1`);
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("dialog", { name: "Save view" }).getByLabel("Name").fill("Of account 1");
  await expectAccessible(page, "save view");
  await page.keyboard.press("Enter");
  const views = page.getByRole("button", { name: "Views" });
  await expect(views).toBeVisible();

  await page.goto(latchkey.server.url + keysPath);
  await expect.poll(async () => (await shownNames(page)).length).toBe(3);
  await views.click();
  const dialog = page.getByRole("dialog", { name: "Saved views" });
  await expectAccessible(page, "saved views");
  await dialog.getByRole("button", { name: "Rename Of account 1" }).click();
  await page.getByRole("dialog", { name: "Rename view" }).getByLabel("Name").fill("Account 1");
  await expectAccessible(page, "rename view");
  await page.keyboard.press("Enter");
  await dialog.getByRole("link", { name: "Account 1" }).click();
  await expect.poll(() => shownNames(page)).toEqual(["One"]);
  await expect(page.getByRole("button", { name: "Remove filter: Level is Member" })).toBeVisible();
  await views.click();
  await dialog.getByRole("button", { name: "Delete Account 1" }).click();
  await expect(dialog.getByText("No views are left.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(views).toBeHidden();

  await page.goto(`${latchkey.server.url + keysPath.replace("api-keys", "members")}`);
  await page
    .getByRole("link", { name: /live keys? of/ })
    .first()
    .click();
  await expect(page).toHaveURL(/api-keys\?creator=/);
  await expect(page.getByRole("button", { name: /^Remove filter: Creator is/ })).toBeVisible();
});
