import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { type AccessLevel, levelWord } from "@/lib/core/access/access-level";
import { openAccountMenu } from "./account-menu";
import { untilAnswered } from "./by-keyboard";
import { organizationSlug, people } from "./people";

/** The page's path in the shared server's organization. */
export const keysPath = `/${organizationSlug}/settings/api-keys`;

export type ShownKey = { readonly name: string; readonly id: string; readonly token: string };

/** Navigates like a person: the menu at the top right, Settings, API keys. */
export async function openApiKeys(page: Page): Promise<void> {
  const group = page.getByRole("group", { name: "Organization" });
  // A page that is still loading, such as after the setup, closes the menu when it arrives.
  await expect(async () => {
    await openAccountMenu(page);
    await group.getByRole("menuitem", { name: "Settings" }).click({ timeout: 5_000 });
  }).toPass();
  // Wait: a page that is still loading would replace one opened by an earlier click.
  await expect(page).toHaveURL(/\/settings\//);
  await page.getByRole("link", { name: "API keys" }).click();
  await expect(page.getByRole("heading", { name: "API keys", level: 1 })).toBeVisible();
}

export function keysTable(page: Page): Locator {
  return page.getByRole("table", { name: "API keys" });
}

/** The row of the key with exactly this name. */
export function keyRow(page: Page, name: string): Locator {
  const actions = page.getByRole("button", { name: `Actions for ${name}`, exact: true });
  return keysTable(page).getByRole("row").filter({ has: actions });
}

/** The titles of the table's columns, left to right, without those of checkboxes and actions. */
export async function shownColumns(page: Page): Promise<string[]> {
  const titles = await keysTable(page).getByRole("columnheader").allTextContents();
  return titles.filter((title) => title !== "" && title !== "Actions");
}

/** The names in the table, top to bottom. */
export async function shownNames(page: Page): Promise<string[]> {
  const labels = await keysTable(page)
    .getByRole("button", { name: /^Actions for / })
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label") ?? ""));
  return labels.map((label) => label.replace(/^Actions for /, ""));
}

export async function chooseAction(
  page: Page,
  name: string,
  action: "View details" | "Edit" | "Roll" | "Duplicate" | "Pause" | "Resume" | "Revoke" | "Delete",
): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
}

/** The dialog with the form, and then with the new key. */
export function generateDialog(page: Page): Locator {
  return page.getByRole("dialog", { name: /^(Generate New Key$|Key created: )/ });
}

/** The dialog that rolls a key, and then shows the new secret. */
export function rollDialog(page: Page): Locator {
  return page.getByRole("dialog", { name: /^(Roll key$|Key rolled: )/ });
}

export async function fillGenerateForm(
  page: Page,
  { name, description = "", choices = {} }: NewKey,
): Promise<Locator> {
  await page.getByRole("button", { name: "Generate New Key" }).click();
  const dialog = generateDialog(page);
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  if (description !== "") await dialog.getByLabel("Description").fill(description);
  if (choices.type !== undefined) await dialog.getByRole("radio", { name: choices.type }).check();
  if (choices.namespace !== undefined) await chooseNamespace(page, choices.namespace);
  if (choices.accessLevel !== undefined) await chooseLevel(page, choices.accessLevel);
  if (choices.expiration !== undefined) {
    await dialog.getByRole("radio", { name: choices.expiration, exact: true }).check();
  }
  return dialog;
}

/** Chooses a level in the open dialog "Generate New Key". */
async function chooseLevel(page: Page, level: AccessLevel): Promise<void> {
  await page.getByLabel("Access level", { exact: true }).click();
  await page.getByRole("option", { name: levelWord(level), exact: true }).click();
}

/** Opens the list of roles in a dialog that has one; Escape closes it again. */
export async function openRoles(dialog: Locator): Promise<void> {
  await dialog.getByRole("combobox", { name: "Roles" }).click();
}

/** Chooses a namespace in the open dialog "Generate New Key". */
export async function chooseNamespace(page: Page, path: string): Promise<void> {
  await page.getByLabel("Namespace", { exact: true }).click();
  await page.getByRole("option", { name: path, exact: true }).click();
}

export type NewKey = {
  readonly name: string;
  readonly description?: string;
  readonly choices?: {
    readonly type?: "Secret" | "Public";
    /** The namespace's path, such as "Storefront / Production". */
    readonly namespace?: string;
    readonly accessLevel?: "OWNER" | "ADMIN" | "MEMBER";
    readonly expiration?: string;
  };
};

/** Generates a key, copies its secret, presses Done, and waits until it is in the table. */
export async function generateKey(page: Page, key: NewKey): Promise<ShownKey> {
  const dialog = await fillGenerateForm(page, key);
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  const shown = await readRevealed(dialog);
  await copySecret(dialog);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  await expect(keyRow(page, key.name)).toBeVisible();
  return { name: key.name, ...shown };
}

export async function readRevealed(dialog: Locator): Promise<{ id: string; token: string }> {
  const id = await dialog.getByLabel("API Key ID").inputValue();
  const token = await dialog.getByLabel("Secret", { exact: true }).inputValue();
  return { id, token };
}

export async function copySecret(dialog: Locator): Promise<void> {
  await dialog.getByRole("button", { name: "Copy secret" }).click();
  // Wait until the secret is copied, because leaving asks until then.
  await expect(dialog.getByRole("button", { name: "Secret copied" })).toBeVisible();
}

/** Presses the button and enters the password again, if the dialog asks for it. */
export async function confirm(dialog: Locator, button: string): Promise<void> {
  await dialog.getByRole("button", { name: button, exact: true }).click();
  const password = dialog.getByLabel("Password");
  const done = dialog.getByRole("button", { name: "Done" });
  await expect(password.or(done)).toBeVisible();
  if (!(await password.isVisible())) return;
  await password.fill(people.OWNER.password);
  await dialog.getByRole("button", { name: button, exact: true }).click();
}

export async function rollKey(page: Page, name: string, grace = "12 hours"): Promise<string> {
  await chooseAction(page, name, "Roll");
  const dialog = rollDialog(page);
  await dialog.getByRole("radio", { name: grace }).check();
  await confirm(dialog, "Roll");
  const { token } = await readRevealed(dialog);
  await copySecret(dialog);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return token;
}

/** The confirmation that a dialog requires to end a key in use. */
export const lastFourLabel = /^Type (.{4}), the end of the key ID, to confirm$/;

/** The text that the confirmation field asks for. */
export async function lastFour(dialog: Locator): Promise<string> {
  const label = (await dialog.locator("label").filter({ hasText: lastFourLabel }).textContent()) ?? "";
  return lastFourLabel.exec(label)?.[1] ?? "";
}

/** Revokes or deletes, and types the confirmation if the dialog requires it. */
export async function endKey(page: Page, name: string, verb: "Revoke" | "Delete"): Promise<void> {
  await chooseAction(page, name, verb);
  const dialog = page.getByRole("dialog", { name: `${verb} key` });
  const button = dialog.getByRole("button", { name: verb, exact: true });
  const sure = dialog.getByLabel(lastFourLabel);
  await expect(async () => {
    if (await sure.isVisible()) await sure.fill(await lastFour(dialog));
    await expect(button).toBeEnabled({ timeout: 500 });
  }).toPass();
  await button.click();
  await expect(dialog).toBeHidden();
}

/** Fills in the search with a text that it does not have yet, and waits for the keys of all of it. */
export async function searchKeys(page: Page, text: string): Promise<void> {
  const box = page.getByRole("searchbox", { name: "Search API keys" });
  await untilAnswered(page, text, () => box.fill(text));
}

/** Shows the keys with this status. */
export async function filterBy(page: Page, status: "Active" | "Revoked" | "Expired" | "All"): Promise<void> {
  const option = page.getByRole("radio", { name: status }).or(page.getByRole("tab", { name: status }));
  await option.click();
  await expect(page).toHaveURL(
    status === "Active" ? /api-keys(\?(?!.*status=).*)?$/ : new RegExp(`status=${status.toLowerCase()}`),
  );
}

/** Clicks twice, faster than any page can render a disabled button. */
export async function clickTwice(button: Locator): Promise<void> {
  await button.evaluate((element: HTMLElement) => {
    element.click();
    element.click();
  });
}
