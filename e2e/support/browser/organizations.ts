import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** Opens the menu at the top left with the person's organizations. */
export async function openSwitcher(page: Page): Promise<void> {
  const menu = page.getByRole("menu");
  // Retry until the page has hydrated.
  await expect(async () => {
    if (!(await menu.isVisible())) await page.getByRole("button", { name: /^Organization: / }).click();
    await expect(menu).toBeVisible({ timeout: 1000 });
  }).toPass();
}

export async function chooseOrganization(page: Page, name: string): Promise<void> {
  await openSwitcher(page);
  await page.getByRole("menuitemradio", { name, exact: true }).click();
}

/** Creates an organization from the switcher's menu, like a member of another one. */
export async function createOrganization(page: Page, name: string): Promise<void> {
  await openSwitcher(page);
  await page.getByRole("menuitem", { name: "New organization" }).click();
  await page.getByLabel("Organization name").fill(name);
  await page.getByRole("button", { name: "Create organization" }).click();
}
