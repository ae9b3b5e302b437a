import type { Locator, Page } from "@playwright/test";
import {
  chooseAction,
  copySecret,
  fillGenerateForm,
  generateDialog,
  keyRow,
  keysPath,
  readRevealed,
} from "../support/browser/api-keys-page";
import { readClipboard } from "../support/browser/read-clipboard";
import { expect, test } from "../support/browser/test";

const metadata = `{"plan": "pro", "limit": 12345678901234567890, "2": 1.0, "1": "é"}`;

async function generate(dialog: Locator) {
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  await readRevealed(dialog);
  await copySecret(dialog);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
}

async function edit(page: Page, name: string): Promise<Locator> {
  await chooseAction(page, name, "Edit");
  return page.getByRole("dialog", { name: "Edit key" });
}

test("[L13] a key is generated with subject, metadata and labels, by keyboard", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const dialog = await fillGenerateForm(page, { name: "Whose" });
  const advanced = dialog.getByRole("button", { name: "Advanced" });
  await expect(advanced).toHaveAccessibleDescription("Subject, metadata, labels, limits");
  await expect(advanced).toHaveAttribute("aria-expanded", "false");
  await advanced.press("Enter");
  await page.keyboard.press("Tab");
  await expect(dialog.getByLabel("Subject")).toBeFocused();
  await page.keyboard.type("acct_42");
  await page.keyboard.press("Tab");
  const json = dialog.getByLabel("Metadata");
  await expect(json).toBeFocused();
  await page.keyboard.type(metadata);
  await expect(json).toHaveAccessibleDescription(/returns it as written\. 67 bytes\.$/);
  await page.keyboard.press("Tab");
  const labels = dialog.getByLabel("Labels");
  await page.keyboard.type("env=production");
  await page.keyboard.press("Enter");
  await page.keyboard.type("team=data,gone=1,");
  await page.keyboard.press("Backspace");
  await expect(dialog.getByRole("button", { name: /^Remove label/ })).toHaveCount(2);
  await expect(dialog.getByRole("status").filter({ hasText: "Removed gone=1" })).toBeAttached();
  await page.keyboard.type("beta");
  await page.keyboard.press("Enter");
  await expect(labels).toHaveAccessibleDescription(/“beta”: Write a label as name=value/);
  await expect(labels).toHaveValue("beta");
  // Typed but not added when Generate is pressed.
  await labels.fill("tier=1");
  await generate(dialog);

  await page.goto(`${keysPath}?columns=subject,labels`);
  const row = keyRow(page, "Whose");
  await expect(row).toContainText("acct_42env=production+2");
  await row.getByRole("button", { name: "Whose", exact: true }).click();
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await expect(sheet.getByRole("region", { name: "Metadata" })).toHaveText(metadata);
  await sheet.getByRole("button", { name: "Copy metadata" }).click();
  await expect.poll(() => readClipboard(page)).toBe(metadata);
  await sheet.getByRole("button", { name: "Copy subject" }).click();
  await expect.poll(() => readClipboard(page)).toBe("acct_42");
  await expect(sheet.getByLabel("Labels", { exact: true }).getByRole("listitem")).toHaveText([
    ...["env=production", "team=data", "tier=1"],
  ]);
  await page.keyboard.press("Escape");

  const shown = await edit(page, "Whose");
  await expect(shown.getByLabel("Subject")).toHaveValue("acct_42");
  await expect(shown.getByLabel("Metadata")).toHaveValue(metadata);
  for (const label of ["env=production", "team=data", "tier=1"]) {
    await expect(shown.getByRole("button", { name: `Remove label ${label}`, exact: true })).toBeVisible();
  }
});

test("[L13] invalid metadata is reported when the field loses focus, and again on submit", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const dialog = await fillGenerateForm(page, { name: "Not JSON" });
  const advanced = dialog.getByRole("button", { name: "Advanced" });
  await advanced.click();
  const json = dialog.getByLabel("Metadata");
  await json.pressSequentially('{"plan": ');
  await expect(json).not.toHaveAttribute("aria-invalid");
  await page.keyboard.press("Tab");
  await expect(json).toHaveAccessibleDescription(/Metadata is not valid JSON$/);
  await advanced.click();
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(json).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type('"pro"}');
  await expect(json).not.toHaveAttribute("aria-invalid");
  await json.fill(`{"x": "${"é".repeat(1100)}"}`);
  await expect(json).toHaveAccessibleDescription(/Metadata has 2,209 bytes; at most 2,048 are allowed$/);
  await json.fill("[1]");
  await page.keyboard.press("Tab");
  await expect(json).toHaveAccessibleDescription(/has to be a JSON object/);
});

test("[L13] labels are pasted, removed and refused by name", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const dialog = await fillGenerateForm(page, { name: "Pasted" });
  await dialog.getByRole("button", { name: "Advanced" }).click();
  const labels = dialog.getByLabel("Labels");
  await labels.evaluate((input, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", text);
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, "env=staging\nteam=web\nNo=upper, region=eu");
  await expect(dialog.getByRole("button", { name: /^Remove label/ })).toHaveCount(3);
  await expect(labels).toHaveValue("No=upper");
  await expect(labels).toHaveAccessibleDescription(/“No=upper”: Label names use a-z/);
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(labels).toBeFocused();
  await labels.fill("");
  const remove = dialog.getByRole("button", { name: "Remove label team=web" });
  await remove.focus();
  await page.keyboard.press("Space");
  await expect(remove).toHaveCount(0);
  await expect(labels).toBeFocused();
  await generate(dialog);
  const shown = await edit(page, "Pasted");
  await expect(shown.getByRole("button", { name: /^Remove label/ })).toHaveCount(2);
});

test("[L13] two people who edit one key keep each other's changes", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const dialog = await fillGenerateForm(page, { name: "Both edit" });
  await dialog.getByRole("button", { name: "Advanced" }).click();
  await dialog.getByLabel("Labels").fill("env=staging");
  await generate(dialog);

  const mine = await edit(page, "Both edit");
  await mine.getByLabel("Labels").fill("team=web");
  const other = await signedInAs("OWNER");
  await other.goto(keysPath);
  const theirs = await edit(other, "Both edit");
  await theirs.getByLabel("Subject").fill("acct_7");
  await theirs.getByRole("button", { name: "Save" }).click();
  await expect(theirs).toBeHidden();

  await mine.getByRole("button", { name: "Save" }).click();
  await expect(mine.getByRole("alert")).toContainText("changed while you edited");
  await expect(mine.getByLabel("Subject")).toHaveValue("acct_7");
  await expect(mine.getByLabel("Subject")).toHaveAccessibleDescription(/Somebody changed this/);
  await mine.getByRole("button", { name: "Save" }).click();
  await expect(mine).toBeHidden();
  const both = await edit(page, "Both edit");
  await expect(both.getByLabel("Subject")).toHaveValue("acct_7");
  await expect(both.getByRole("button", { name: "Remove label team=web" })).toBeVisible();
});

test("[L13] the input survives a lost answer, and a duplicate starts with the same values", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const dialog = await fillGenerateForm(page, { name: "Lost" });
  await dialog.getByRole("button", { name: "Advanced" }).click();
  await dialog.getByLabel("Subject").fill("acct_lost");
  await dialog.getByLabel("Metadata").fill("{}");
  await dialog.getByLabel("Labels").fill("env=production");
  await page.context().setOffline(true);
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("did not answer");
  await expect(dialog.getByLabel("Subject")).toHaveValue("acct_lost");
  await expect(dialog.getByRole("button", { name: "Remove label env=production" })).toBeVisible();
  await page.context().setOffline(false);
  await generate(dialog);

  await chooseAction(page, "Lost", "Duplicate");
  const again = generateDialog(page);
  await expect(again.getByLabel("Subject")).toHaveValue("acct_lost");
  await expect(again.getByLabel("Metadata")).toHaveValue("{}");
  await expect(again.getByRole("button", { name: "Remove label env=production" })).toBeVisible();
});
