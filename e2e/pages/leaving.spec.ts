import { expect, type Locator, type Page } from "@playwright/test";
import {
  chooseAction,
  copySecret,
  fillGenerateForm,
  generateKey,
  keysPath,
  readRevealed,
  rollDialog,
} from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { membersPath } from "../support/browser/members-page";
import { type Latchkey, signInByForm, startLatchkey, stopLatchkey, test } from "../support/browser/test";

let latchkey: Latchkey;
test.beforeAll(async () => {
  latchkey = await startLatchkey();
});
test.afterAll(() => stopLatchkey(latchkey));

async function open(page: Page, path: string): Promise<void> {
  await signInByForm(page, latchkey.server.url, "OWNER");
  await page.goto(latchkey.server.url + path);
}

/** The browser's own Back, which a page may block; `goBack` would wait for a page that never comes. */
const back = (page: Page) => page.evaluate(() => history.back());

async function rolling(page: Page, name: string): Promise<Locator> {
  await generateKey(page, { name });
  // Opens and closes the details, so that Back stays in the app.
  await chooseAction(page, name, "View details");
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await expect(sheet).toContainText(name);
  await sheet.getByRole("button", { name: "Roll" }).click();
  const dialog = rollDialog(page);
  await dialog.getByRole("button", { name: "Roll", exact: true }).click();
  return dialog;
}

test("[Y7] [S6] Back asks once about a secret that was not copied, and leaves the history unchanged", async ({
  page,
}) => {
  await open(page, keysPath);
  const dialog = await rolling(page, "Back and forth");
  const { token } = await readRevealed(dialog);
  const entries = () => page.evaluate(() => [history.length, location.href]);
  const before = await entries();
  await back(page);
  await expect(dialog.getByRole("alert")).toContainText("has not been copied");
  await expect(dialog.getByLabel("Secret", { exact: true })).toHaveValue(token);
  expect(await entries()).toEqual(before);
  await back(page);
  await expect(dialog).toBeHidden();
  await expect(page).not.toHaveURL(/key=/);
  await page.goForward();
  await expect(page.getByRole("dialog", { name: "API Key Details" })).toBeVisible();
  expect(await page.content()).not.toContain(token.slice(22, 54));
  expect(await entries()).toEqual(before);
});

test("[Y7] [S6] without a Navigation API Back asks too", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(window, "navigation", { value: undefined }));
  await open(page, keysPath);
  const dialog = await rolling(page, "Older browser");
  const { token } = await readRevealed(dialog);
  await back(page);
  const shown = page.getByLabel("Secret", { exact: true });
  await expect(page.getByRole("alert").filter({ hasText: "has not been copied" })).toBeVisible();
  await expect(shown).toHaveValue(token);
  await page.evaluate(() => history.forward());
  await expect(shown).toBeHidden();
  expect(await page.content()).not.toContain(token.slice(22, 54));
});

test("[Y7] Back leaves a copied secret without asking", async ({ page }) => {
  await open(page, keysPath);
  const dialog = await rolling(page, "Copied");
  await readRevealed(dialog);
  await copySecret(dialog);
  await back(page);
  await expect(dialog).toBeHidden();
});

test("[Y7] Escape and Back ask about an invitation link that was not copied", async ({ page }) => {
  await open(page, keysPath);
  await page.getByRole("link", { name: "Members" }).click();
  await expect(page).toHaveURL(new RegExp(membersPath));
  await page.getByRole("button", { name: "Invite member" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite member" });
  await dialog.getByLabel("Email").fill("new@example.com");
  await dialog.getByRole("button", { name: "Invite" }).click();
  const link = dialog.getByLabel("Invitation link");
  await expect(link).toHaveValue(/\/invite\//);
  await back(page);
  await expect(dialog.getByRole("alert")).toContainText("has not been copied");
  await expect(link).toBeVisible();
  await dialog.getByRole("button", { name: "Copy" }).click();
  await expect(dialog.getByRole("alert")).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("[B4] Escape, Back and a click outside a form with typed text ask once; Cancel does not", async ({
  page,
}) => {
  await open(page, membersPath);
  await page.getByRole("link", { name: "API keys" }).click();
  const asks = "What you typed is not saved";
  const dialog = await fillGenerateForm(page, { name: "Typed at length" });
  await page.keyboard.press("Escape");
  await expect(dialog.getByRole("alert")).toContainText(asks);
  await expect(dialog.getByRole("alert")).toBeInViewport({ ratio: 1 });
  await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("Typed at length");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();

  await fillGenerateForm(page, { name: "Again" });
  await back(page);
  await expect(dialog.getByRole("alert")).toContainText(asks);
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Generate New Key" }).click();
  await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test.describe("an edited settings page", () => {
  const general = "/acme/settings/general";
  const asks = (page: Page) => page.getByRole("alert").filter({ hasText: "What you changed is not saved" });
  const name = (page: Page) => page.getByLabel("Organization name");
  const link = (page: Page) => page.getByRole("link", { name: "Members", exact: true });

  async function edit(page: Page): Promise<void> {
    await open(page, membersPath);
    await page.getByRole("link", { name: "General", exact: true }).click();
    await name(page).fill("Edited");
  }

  test("[B4] asks once before a link leaves it, and again after another edit", async ({ page }) => {
    await edit(page);
    await link(page).click();
    await expect(asks(page)).toBeInViewport({ ratio: 1 });
    await expectAccessible(page, "unsaved edits");
    await expect(page).toHaveURL(new RegExp(general));
    await name(page).fill("Edited again");
    await expect(asks(page)).toBeHidden();
    await link(page).click();
    await expect(asks(page)).toBeVisible();
    // The second half of a double click does not count.
    await expect(async () => {
      await link(page).click();
      await expect(page).toHaveURL(new RegExp(membersPath), { timeout: 500 });
    }).toPass();
  });

  test("[B4] asks before a shortcut, Back and a reload leave it", async ({ page }) => {
    await edit(page);
    await name(page).blur();
    await page.keyboard.press("g");
    await page.keyboard.press("m");
    await expect(asks(page)).toBeVisible();
    await name(page).fill("Edited again");
    await back(page);
    await expect(asks(page)).toBeVisible();
    await expect(name(page)).toHaveValue("Edited again");
    const question = page.waitForEvent("dialog");
    await page.evaluate(() => setTimeout(() => location.reload(), 0));
    expect((await question).type()).toBe("beforeunload");
    await (await question).dismiss();
    await expect(name(page)).toHaveValue("Edited again");
  });

  test("[B4] does not ask if nothing was changed or everything is saved", async ({ page }) => {
    await edit(page);
    await name(page).fill("Acme");
    await link(page).click();
    await expect(page).toHaveURL(new RegExp(membersPath));
    await page.getByRole("link", { name: "General", exact: true }).click();
    await page.getByLabel("Require an expiry").check();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Settings saved")).toBeVisible();
    await link(page).click();
    await expect(page).toHaveURL(new RegExp(membersPath));
    await expect(asks(page)).toHaveCount(0);
  });
});
