import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { untilHydrated } from "./until-hydrated";

// For tests that only press keys, as on a machine without a mouse: they click nothing and set no focus.

/** Presses Tab until the element has the focus, and checks that it can be seen there. */
export async function tabTo(page: Page, element: Locator, most = 120): Promise<void> {
  await expect(element).toBeVisible();
  for (let pressed = 0; pressed < most; pressed++) {
    if (await isFocused(element)) {
      await expect(element).toBeInViewport();
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab reached ${element} within ${most} presses neither`);
}

/** Tabs to a button or a link, and presses it. */
export async function pressByKeyboard(page: Page, element: Locator): Promise<void> {
  await tabTo(page, element);
  await untilHydrated(element);
  // A button that waits for a response can be focused, but does nothing yet.
  await expect(element).toBeEnabled();
  await page.keyboard.press("Enter");
}

/** Opens the menu behind a button, moves to an item with the arrow keys, and chooses it. */
export async function chooseByKeyboard(page: Page, button: Locator, item: string): Promise<void> {
  const chosen = page.getByRole("menuitem", { name: item, exact: true });
  const focused = page.locator("[role=menuitem]:focus");
  await tabTo(page, button);
  await untilHydrated(button);
  // If the menu's code arrives after the first press, the next one opens it.
  await expect(async () => {
    if (!(await page.getByRole("menu").isVisible())) await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem").first()).toBeFocused({ timeout: 3_000 });
  }).toPass();
  for (let pressed = 0; pressed < 20 && !(await isFocused(chosen)); pressed++) {
    const before = (await focused.textContent()) ?? "";
    await page.keyboard.press("ArrowDown");
    // The menu moves the focus asynchronously; pressing again too early would skip the item.
    await expect(focused).not.toHaveText(before);
  }
  await expect(chosen).toBeFocused();
  await page.keyboard.press("Enter");
}

/** Types into a list's focused search. */
export async function typeSearch(page: Page, text: string): Promise<void> {
  await untilAnswered(page, text, () => page.keyboard.type(text));
}

/**
 * Searches a list and waits for the results of the whole text. Until then the list shows the rows from before, and a
 * part of the text can find the same rows, so a test would act on rows that are about to be replaced.
 */
export async function untilAnswered(page: Page, text: string, search: () => Promise<void>): Promise<void> {
  const isWhole = (url: URL) => url.searchParams.get("search") === text;
  const answered = page.waitForResponse(
    (answer) => answer.request().headers().rsc !== undefined && isWhole(new URL(answer.url())),
  );
  await search();
  await (await answered).finished();
  await expect(page).toHaveURL(isWhole);
  await expect(page.locator("table[aria-busy=true]")).toHaveCount(0);
}

/** Expects that nothing is cut off at the side or needs sideways scrolling. */
export async function expectNoSidewaysScrolling(page: Page, what: string): Promise<void> {
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wide, what).toBeLessThanOrEqual(window ?? 0);
}

function isFocused(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement).catch(() => false);
}
