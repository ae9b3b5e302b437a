import type { Locator, Page } from "@playwright/test";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { expect } from "./test";

export const membersPath = "/acme/settings/members";

/** The row of the member with this email. */
export function memberRow(page: Page, email: string): Locator {
  return page.getByRole("table", { name: "Members" }).getByRole("row").filter({ hasText: email });
}

/** Invites as an owner, and reads the link that is shown once. */
export async function invite(page: Page, email: string, level: AccessLevel = "MEMBER"): Promise<string> {
  await page.getByRole("button", { name: "Invite member" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite member" });
  await dialog.getByLabel("Email").fill(email);
  await dialog.getByLabel("Access level").click();
  await page.getByRole("option", { name: level, exact: true }).click();
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  const link = await dialog.getByLabel("Invitation link").inputValue();
  await dialog.getByRole("button", { name: "Copy" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return link;
}

/** Chooses another level in the member's row; returns the dialog that confirms it. */
export async function chooseLevel(page: Page, name: string, level: AccessLevel): Promise<Locator> {
  await page.getByRole("combobox", { name: `Access level of ${name}` }).click();
  await page.getByRole("option", { name: level, exact: true }).click();
  return page.getByRole("dialog", { name: "Change access level" });
}
