import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { type AccessLevel, levelWord } from "@/lib/core/access/access-level";
import { copySecret, fillGenerateForm, keysPath, readRevealed, type ShownKey } from "./api-keys-page";
import { organizationSlug, people } from "./people";

export const applicationsPath = `/${organizationSlug}/settings/applications`;

export type ResourceTable = "Applications" | "Workspaces" | "User groups";

const words = { Applications: "application", Workspaces: "workspace", "User groups": "user group" };

/** The row of the application, workspace or user group with exactly this name. */
export function resourceRow(page: Page, table: ResourceTable, name: string): Locator {
  const actions = page.getByRole("button", { name: `Actions for ${name}`, exact: true });
  return page.getByRole("table", { name: table }).getByRole("row").filter({ has: actions });
}

/** The row of a person who has access. */
export function personRow(page: Page, email: string): Locator {
  return page.getByRole("table", { name: "People" }).getByRole("row").filter({ hasText: email });
}

/** Creates a resource on its list page, and waits for its row. */
export async function createResource(page: Page, table: ResourceTable, name: string): Promise<void> {
  const word = words[table];
  await page.getByRole("button", { name: `New ${word}` }).click();
  const dialog = page.getByRole("dialog", { name: `New ${word}` });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(resourceRow(page, table, name)).toBeVisible();
}

/** Opens a resource's page from its row; returns its URL. */
export async function openResource(page: Page, table: ResourceTable, name: string): Promise<string> {
  await resourceRow(page, table, name).getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Switches to one of the page's lists. */
export async function show(page: Page, view: ResourceTable | "People"): Promise<void> {
  await page.getByRole("radio", { name: view }).click();
  await expect(page.getByRole("table", { name: view })).toBeVisible();
}

/** Chooses from a row's menu, and returns the dialog that opens. */
export async function openResourceDialog(
  page: Page,
  table: ResourceTable,
  name: string,
  action: "Rename" | "Delete",
): Promise<Locator> {
  await resourceRow(page, table, name)
    .getByRole("button", { name: `Actions for ${name}` })
    .click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
  return page.getByRole("dialog", { name: `${action} ${words[table]}` });
}

/** Gives a member access on the visible list of people. */
export async function giveAccess(page: Page, to: AccessLevel, level: AccessLevel): Promise<void> {
  await page.getByRole("button", { name: "Give access" }).click();
  const dialog = page.getByRole("dialog", { name: "Give access" });
  await dialog.getByRole("combobox", { name: "Member" }).click();
  await page.getByPlaceholder("Search members").fill(people[to].email);
  await page.getByRole("option", { name: people[to].name, exact: true }).click();
  await dialog.getByRole("combobox", { name: "Access level" }).click();
  await page.getByRole("option", { name: levelWord(level), exact: true }).click();
  await dialog.getByRole("button", { name: "Give access" }).click();
  await expect(dialog).toBeHidden();
  await expect(personRow(page, people[to].email)).toBeVisible();
}

/** Generates a key in the namespace of this name, which is listed after its parent. */
export async function generateKeyIn(
  page: Page,
  namespace: string,
  key: { readonly name: string; readonly accessLevel?: AccessLevel },
): Promise<ShownKey> {
  await page.goto(keysPath);
  const dialog = await fillGenerateForm(page, { name: key.name });
  await dialog.getByRole("combobox", { name: "Namespace" }).click();
  await page.getByRole("option", { name: new RegExp(`\\b${namespace}$`) }).click();
  if (key.accessLevel !== undefined) {
    await dialog.getByRole("combobox", { name: "Access level" }).click();
    await page.getByRole("option", { name: levelWord(key.accessLevel), exact: true }).click();
  }
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  const shown = await readRevealed(dialog);
  await copySecret(dialog);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return { name: key.name, ...shown };
}
