import type { Page } from "@playwright/test";
import { generateKey, keysPath } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { expect, test } from "../support/browser/test";

const sheetOf = (page: Page) => page.getByRole("dialog", { name: "API Key Details" });
const headingOf = (page: Page, name: string) => sheetOf(page).getByRole("heading", { name, exact: true });

async function openSheet(page: Page, name: string) {
  await page.getByRole("table", { name: "API keys" }).getByRole("button", { name, exact: true }).click();
  await expect(headingOf(page, name)).toBeVisible();
}

test("[Y5] the sheet walks through the keys of the list by button and by bracket, and Back closes it", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const names = ["Walk one", "Walk two", "Walk three"];
  for (const name of names) await generateKey(page, { name });
  await page.goto(`${keysPath}?search=Walk`);
  // The newest is listed first.
  await openSheet(page, "Walk three");
  const sheet = sheetOf(page);
  await expect(sheet).toContainText("1 of 3");
  await expect(sheet.getByRole("button", { name: "Previous key" })).toBeDisabled();
  await sheet.getByRole("button", { name: "Next key" }).click();
  await expect(headingOf(page, "Walk two")).toBeVisible();
  await expect(sheet).toContainText("2 of 3");
  await page.keyboard.press("]");
  await expect(headingOf(page, "Walk one")).toBeVisible();
  await page.keyboard.press("]");
  await expect(sheet).toContainText("3 of 3");
  await page.keyboard.press("[");
  await expect(headingOf(page, "Walk two")).toBeVisible();

  // A bracket typed into a field is not a shortcut.
  await sheet.getByRole("button", { name: "Edit", exact: true }).click();
  const edit = page.getByRole("dialog", { name: "Edit key" });
  await edit.getByLabel("Name", { exact: true }).press("]");
  await expect(edit.getByLabel("Name", { exact: true })).toHaveValue(/]/);
  await edit.getByRole("button", { name: "Cancel" }).click();
  await expect(edit).toBeHidden();
  await expect(headingOf(page, "Walk two")).toBeVisible();

  await page.goBack();
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL(/search=Walk/);
});

test("[Y5] the tab is in the URL; Back, Forward and a shared link restore it", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const { name } = await generateKey(page, { name: "Tabs in the address" });
  await openSheet(page, name);
  const sheet = sheetOf(page);
  const tab = (title: string) => sheet.getByRole("tab", { name: title, exact: true });
  await expect(tab("Overview")).toHaveAttribute("aria-selected", "true");
  await tab("Overview").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab("Permissions")).toBeFocused();
  await expect(page).toHaveURL(/tab=permissions/);
  await expect(sheet.getByRole("tabpanel")).toContainText("Olivia Owner, Owner in Acme");
  await page.goBack();
  await expect(tab("Overview")).toHaveAttribute("aria-selected", "true");
  await expect(sheet.getByRole("heading", { name: "Calls" })).toBeVisible();
  await page.goForward();
  await expect(tab("Permissions")).toHaveAttribute("aria-selected", "true");

  await sheet.getByRole("button", { name: "Copy link" }).click();
  await page.goto("about:blank");
  await page.goBack();
  await expect(tab("Permissions")).toHaveAttribute("aria-selected", "true");
  await sheet.getByRole("button", { name: "Close" }).click();
  await expect(page).not.toHaveURL(/key=|tab=/);
});

test("[Y5] the sheet opens at once with the row's data, however slowly the rest loads", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const { name, id } = await generateKey(page, { name: "Slow to open", description: "At once" });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/[?&]key=/, async (route) => {
    await held;
    await route.continue();
  });
  await openSheet(page, name);
  const sheet = sheetOf(page);
  for (const text of ["At once", id, "Active"]) await expect(sheet).toContainText(text);
  await expect(sheet.getByRole("status", { name: "Loading" })).toBeVisible();
  await expect(sheet.getByRole("button", { name: "Revoke", exact: true })).toBeEnabled();
  release();
  await expect(sheet.getByRole("heading", { name: "Calls" })).toBeVisible();
  await expect(sheet.getByRole("status", { name: "Loading" })).toBeHidden();
});

test("actions that an admin may not take on an Owner key stay focusable and say why", async ({
  signedInAs,
}) => {
  const owner = await signedInAs("OWNER");
  await owner.goto(keysPath);
  const { name } = await generateKey(owner, { name: "Out of reach", choices: { accessLevel: "OWNER" } });
  const page = await signedInAs("ADMIN");
  await page.goto(keysPath);
  await openSheet(page, name);
  const revoke = sheetOf(page).getByRole("button", { name: "Revoke", exact: true });
  await expect(revoke).toBeDisabled();
  await revoke.focus();
  await expect(revoke).toBeFocused();
  await expect(revoke).toHaveAccessibleDescription(/only an owner/i);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Revoke key" })).toBeHidden();
});

test("on a phone the sheet fills the screen and its buttons are 44 px high", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const { name } = await generateKey(page, { name: "On a phone" });
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${keysPath}?search=On+a+phone`);
    await openSheet(page, name);
    const sheet = sheetOf(page);
    await expect(sheet.getByRole("heading", { name: "Calls" })).toBeVisible();
    expect((await sheet.boundingBox())?.width).toBeCloseTo(width, 1);
    for (const button of ["Edit", "Roll", "Pause", "Revoke", "Next key", "Copy link", "Close"]) {
      const box = await sheet.getByRole("button", { name: button, exact: true }).boundingBox();
      expect(box?.height, button).toBeGreaterThanOrEqual(44);
      expect((box?.x ?? 0) + (box?.width ?? 0), button).toBeLessThanOrEqual(width);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await expectAccessible(page, `the sheet at ${width}`);
  }
});
