import type { Page } from "@playwright/test";
import { untilHydrated } from "./until-hydrated";

/** Opens the menu at the top right once the page's script is ready. */
export async function openAccountMenu(page: Page): Promise<void> {
  const menu = page.getByRole("button", { name: "Account menu" });
  await untilHydrated(menu);
  await menu.click();
}
