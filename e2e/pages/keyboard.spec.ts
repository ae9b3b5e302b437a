import type { Locator, Page } from "@playwright/test";
import { generateDialog, keyRow, keysPath, readRevealed } from "../support/browser/api-keys-page";
import { rolesPath } from "../support/browser/roles-page";
import { expect, test } from "../support/browser/test";

/** Opens a row's menu and chooses its second item, Edit. */
async function chooseSecondByKeyboard(page: Page, trigger: Locator): Promise<void> {
  const item = (name: string) => page.getByRole("menuitem", { name, exact: true });
  // Before hydration a key press is held back and delivered to the menu as a click, which does not move the focus.
  await expect(async () => {
    await page.keyboard.press("Escape");
    await trigger.focus();
    await page.keyboard.press("Enter");
    await expect(item("View details")).toBeFocused({ timeout: 3_000 });
  }).toPass();
  await page.keyboard.press("ArrowDown");
  await expect(item("Edit")).toBeFocused();
  await page.keyboard.press("Enter");
}

test.describe("by keyboard alone", () => {
  test("a role is created and edited, and the focus returns to where it came from", async ({
    signedInAs,
  }) => {
    const page = await signedInAs("OWNER");
    await page.goto(rolesPath);
    const button = page.getByRole("button", { name: "Create role" });
    await button.focus();
    await page.keyboard.press("Enter");
    const create = page.getByRole("dialog", { name: "Create role" });
    await expect(create.getByLabel("Role ID")).toBeFocused();
    await page.keyboard.type("typed_role");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Typed");
    await create.getByLabel("Own permissions").focus();
    await page.keyboard.type("typed:read");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await expect(create.getByRole("checkbox", { name: "organizations:read" })).toBeChecked();
    await create.getByLabel("Title").press("Enter");
    await expect(create).toBeHidden();
    await expect(button).toBeFocused();
    const actions = page.getByRole("button", { name: "Actions for typed_role" });
    await chooseSecondByKeyboard(page, actions);
    const edit = page.getByRole("dialog", { name: "Edit role" });
    await expect(edit.getByLabel("Title")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(edit).toBeHidden();
    await expect(actions).toBeFocused();
  });

  test("a key is generated, and the focus returns to where it came from", async ({ signedInAs }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const button = page.getByRole("button", { name: "Generate New Key" });
    await button.focus();
    await page.keyboard.press("Enter");
    const dialog = generateDialog(page);
    await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
    await page.keyboard.type("Typed");
    await page.keyboard.press("Enter");
    await readRevealed(dialog);
    await expect(dialog.getByRole("button", { name: "Copy secret" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("button", { name: "Secret copied" })).toBeAttached();
    await dialog.getByRole("button", { name: "Done" }).focus();
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(button).toBeFocused();
    await expect(keyRow(page, "Typed")).toBeVisible();
  });

  test("a row's menu opens, moves and closes, and Escape gives the focus back", async ({ signedInAs }) => {
    const page = await signedInAs("OWNER");
    // Alone on its page, however many keys the tests before this one made.
    await page.goto(`${keysPath}?search=Default`);
    const trigger = page.getByRole("button", { name: "Actions for Default API Key" });
    await chooseSecondByKeyboard(page, trigger);
    const dialog = page.getByRole("dialog", { name: "Edit key" });
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(trigger).toBeFocused();
  });
});
