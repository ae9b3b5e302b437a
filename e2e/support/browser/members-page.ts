import type { Locator, Page } from "@playwright/test";
import { type AccessLevel, levelWord } from "@/lib/core/access/access-level";
import { organizationSlug } from "./people";
import { expect } from "./test";

export const membersPath = `/${organizationSlug}/settings/members`;

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
  await page.getByRole("option", { name: levelWord(level), exact: true }).click();
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  const link = await dialog.getByLabel("Invitation link").inputValue();
  await dialog.getByRole("button", { name: "Copy" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return link;
}

/** Transfers a single key, in the dialog that ends or lowers somebody's access. */
export async function transferOne(page: Page, dialog: Locator, key: string, to: string): Promise<void> {
  await dialog.getByRole("button", { name: `: what becomes of ${key}` }).click();
  await page.getByRole("menuitemradio", { name: `Transfer to ${to}` }).click();
}

/** Presses the button, and types the number of keys that end if the dialog asks for it. */
export async function confirmEnd(dialog: Locator, button: string): Promise<void> {
  const number = dialog.getByLabel(/^Type \d+, the number of keys revoked, to confirm$/);
  const press = dialog.getByRole("button", { name: button, exact: true });
  await expect(async () => {
    if (await number.isVisible()) {
      const asked = dialog.locator("label").filter({ hasText: "the number of keys revoked" });
      await number.fill(/\d+/.exec((await asked.textContent()) ?? "")?.[0] ?? "");
    }
    await expect(press).toBeEnabled({ timeout: 500 });
  }).toPass();
  await press.click();
}

/** Closes the dialog about the keys of a person who lost access. */
export async function leaveKeysAfter(page: Page, title: string | RegExp): Promise<void> {
  const told = page.getByRole("dialog", { name: title });
  await told.getByRole("button", { name: "Done" }).click();
  await expect(told).toBeHidden();
}

/** Chooses another level in the member's row; returns the dialog that confirms it. */
export async function chooseLevel(page: Page, name: string, level: AccessLevel): Promise<Locator> {
  await page.getByRole("combobox", { name: `Access level of ${name}` }).click();
  await page.getByRole("option", { name: levelWord(level), exact: true }).click();
  return page.getByRole("dialog", { name: "Change access level" });
}
