import type { Page } from "@playwright/test";

/** The copied text. Pasted into a blank page, because the product's pages may not read the clipboard. */
export async function readClipboard(page: Page): Promise<string> {
  const blank = await page.context().newPage();
  await blank.setContent("<textarea autofocus></textarea>");
  await blank.locator("textarea").press("ControlOrMeta+V");
  const text = await blank.locator("textarea").inputValue();
  await blank.close();
  return text;
}
