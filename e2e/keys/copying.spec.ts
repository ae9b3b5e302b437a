import { expect, type Page } from "@playwright/test";
import {
  fillGenerateForm,
  generateKey,
  keyRow,
  keysPath,
  readRevealed,
} from "../support/browser/api-keys-page";
import { test } from "../support/browser/test";

/** As on plain HTTP in a private network, with the older clipboard API disabled too. */
async function refuseToCopy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined });
    document.execCommand = () => false;
  });
}

const refused = /^The browser refused to copy\. The text is selected: press Ctrl\+C/;
const selected = (page: Page) =>
  page.evaluate(() => {
    const field = document.activeElement;
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
      ? field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
      : String(getSelection());
  });

test("[Y7] [S4] a failed copy is reported where people see it, with the text selected for Ctrl+C", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await refuseToCopy(page);
  await page.goto(keysPath);
  const dialog = await fillGenerateForm(page, { name: "Not to the clipboard" });
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  const { id, token } = await readRevealed(dialog);
  await dialog.getByRole("button", { name: "Copy secret" }).click();
  const note = dialog.getByRole("alert");
  await expect(note).toHaveText(refused);
  await expect(note).toBeInViewport({ ratio: 1 });
  expect((await note.boundingBox())?.width).toBeGreaterThan(150);
  expect(await selected(page)).toBe(token);
  await page.keyboard.press("ControlOrMeta+c");
  await expect(note).toBeHidden();
  // Copying by hand counts: Done asks nothing.
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();

  const row = keyRow(page, "Not to the clipboard");
  await row.getByRole("button", { name: "Copy key ID" }).click();
  await expect(row.getByRole("alert")).toHaveText(refused);
  await expect(row.getByRole("alert")).toBeInViewport({ ratio: 1 });
  expect(await selected(page)).toBe(id);
});

test("[S2] [L12] while an input method composes a word nothing is searched for or sent", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  await generateKey(page, { name: "東京の鍵" });
  const search = page.getByRole("searchbox", { name: "Search API keys" });
  await search.focus();
  const keyboard = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    keyboard.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  await compose("とう");
  await compose("とうきょう");
  await expect(search).toHaveValue("とうきょう");
  // Wait longer than the search is debounced. The Enter belongs to the input method.
  await search.dispatchEvent("keydown", { key: "Enter", isComposing: true });
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 400 })));
  expect(page.url()).not.toContain("search=");
  await keyboard.send("Input.insertText", { text: "東京" });
  await expect(page).toHaveURL(/search=%E6%9D%B1%E4%BA%AC/);
  await expect(keyRow(page, "東京の鍵")).toBeVisible();
  await expect(search).toHaveValue("東京");
});
