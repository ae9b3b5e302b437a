import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { organizationSlug } from "./people";

export const rolesPath = `/${organizationSlug}/settings/roles`;

export type ShownRole = {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly own?: string;
  readonly builtIn?: readonly string[];
  readonly publishable?: boolean;
};

/** The row of the role with exactly this id. */
export function roleRow(page: Page, id: string): Locator {
  const actions = page.getByRole("button", { name: `Actions for ${id}`, exact: true });
  return page.getByRole("table", { name: "Roles" }).getByRole("row").filter({ has: actions });
}

export async function fillCreateRole(page: Page, role: ShownRole): Promise<Locator> {
  await page.getByRole("button", { name: "Create role" }).click();
  const dialog = page.getByRole("dialog", { name: "Create role" });
  await dialog.getByLabel("Role ID").fill(role.id);
  await dialog.getByLabel("Title").fill(role.title);
  await dialog.getByLabel("Description").fill(role.description ?? "");
  await dialog.getByLabel("Own permissions").fill(role.own ?? "");
  for (const permission of role.builtIn ?? []) {
    await dialog.getByRole("checkbox", { name: permission, exact: true }).click();
  }
  if (role.publishable) await dialog.getByRole("checkbox", { name: "Publishable" }).click();
  return dialog;
}

/** Creates a role and waits for its row. */
export async function createRole(page: Page, role: ShownRole): Promise<void> {
  const dialog = await fillCreateRole(page, role);
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(roleRow(page, role.id)).toBeVisible();
}

/** Chooses from a role's menu, and returns the dialog that opens. */
export async function openRoleDialog(
  page: Page,
  id: string,
  action: "View details" | "Edit" | "Delete",
): Promise<Locator> {
  await page.getByRole("button", { name: `Actions for ${id}`, exact: true }).click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
  const names = { "View details": "Role details", Edit: "Edit role", Delete: "Delete role" };
  const dialog = page.getByRole("dialog", { name: names[action] });
  await expect(dialog).toBeVisible();
  return dialog;
}
