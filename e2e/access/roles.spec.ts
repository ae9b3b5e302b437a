import {
  copySecret,
  endKey,
  fillGenerateForm,
  keyRow,
  keysPath,
  openRoles,
  readRevealed,
} from "../support/browser/api-keys-page";
import {
  createRole,
  fillCreateRole,
  openRoleDialog,
  roleRow,
  rolesPath,
} from "../support/browser/roles-page";
import { expect, test } from "../support/browser/test";

/** The permissions of this token according to the API. */
async function permissionsOf(url: string, token: string): Promise<string[]> {
  const response = await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  return ((await response.json()) as { permissions: string[] }).permissions;
}

test("[S5] an owner creates a role, gives it to a key, edits it, and sees which keys that changes", async ({
  signedInAs,
  latchkey,
}) => {
  test.slow();
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  await page.getByRole("link", { name: "Roles" }).click();
  await expect(page.getByRole("heading", { name: "Roles", level: 1 })).toBeVisible();
  await createRole(page, {
    id: "ic_viewer",
    title: "Intelligence Center Read-Only",
    own: "intelligence:read\nintelligence:list",
    builtIn: ["workspaces:read"],
  });
  await expect(roleRow(page, "ic_viewer")).toContainText("ic_viewer - Intelligence Center Read-Only");

  await page.goto(keysPath);
  const dialog = await fillGenerateForm(page, { name: "Reports" });
  await openRoles(dialog);
  await dialog.getByRole("checkbox", { name: /^full_access/ }).click();
  await dialog.getByLabel("Filter roles").fill("intelligence:list");
  await dialog.getByLabel("Filter roles").press("Enter");
  await expect(dialog.getByRole("checkbox")).toHaveCount(1);
  await dialog.getByRole("checkbox", { name: "ic_viewer - Intelligence Center Read-Only" }).click();
  await page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  const { token } = await readRevealed(dialog);
  await copySecret(dialog);
  await dialog.getByRole("button", { name: "Done" }).click();
  const { url } = latchkey.server;
  expect(await permissionsOf(url, token)).toEqual([
    "intelligence:list",
    "intelligence:read",
    "workspaces:read",
  ]);

  await page.goto(rolesPath);
  const edit = await openRoleDialog(page, "ic_viewer", "Edit");
  const preview = edit.getByRole("region", { name: "Keys that change" });
  await expect(preview).toContainText("no key changes");
  await edit.getByLabel("Own permissions").fill("intelligence:read, intelligence:write");
  await expect(preview).toContainText("The only working key with this role changes");
  await expect(preview.getByRole("list", { name: "Reports: gains" })).toHaveText("intelligence:write");
  await expect(preview.getByRole("list", { name: "Reports: loses" })).toHaveText("intelligence:list");
  expect(await permissionsOf(url, token)).toContain("intelligence:list");
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(edit).toBeHidden();
  expect(await permissionsOf(url, token)).toEqual([
    "intelligence:read",
    "intelligence:write",
    "workspaces:read",
  ]);

  const refused = await openRoleDialog(page, "ic_viewer", "Delete");
  await expect(refused).toContainText("1 key carries this role");
  await expect(refused.getByRole("button", { name: "Delete", exact: true })).toBeDisabled();
  await page.keyboard.press("Escape");

  await page.goto(keysPath);
  await expect(keyRow(page, "Reports")).toContainText("ic_viewer");
  await endKey(page, "Reports", "Delete");
  await page.goto(rolesPath);
  const remove = await openRoleDialog(page, "ic_viewer", "Delete");
  await remove.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(remove).toBeHidden();
  await expect(roleRow(page, "ic_viewer")).toHaveCount(0);
});

test("[S5] [J1] a publishable role gives a public key its read permissions", async ({
  signedInAs,
  latchkey,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(rolesPath);
  await createRole(page, {
    id: "catalog_reader",
    title: "Reads the catalog",
    own: "catalog:read catalog:write",
    publishable: true,
  });
  await page.goto(keysPath);
  const dialog = await fillGenerateForm(page, { name: "Shop window", choices: { type: "Public" } });
  await openRoles(dialog);
  await dialog.getByRole("checkbox", { name: /^full_access/ }).click();
  await dialog.getByRole("checkbox", { name: /^catalog_reader/ }).click();
  await page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  const { token } = await readRevealed(dialog);
  expect(await permissionsOf(latchkey.server.url, token)).toEqual(["catalog:read"]);
});

test("[S5] invalid input is refused at its field, with the reason", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  await page.goto(rolesPath);
  const dialog = await fillCreateRole(page, { id: "full_access", title: "", own: "workspaces:updat" });
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  const id = dialog.getByLabel("Role ID");
  await expect(id).toHaveAccessibleDescription(/A built-in role has this ID/);
  await expect(id).toBeFocused();
  await expect(dialog.getByLabel("Title")).toHaveAccessibleDescription(/Title is required/);
  await expect(dialog.getByLabel("Own permissions")).toHaveAccessibleDescription(
    /There is no action “updat” on the built-in resource “workspaces”/,
  );
});

test("[S5] when two people edit a role, the second is told about the first", async ({ signedInAs }) => {
  const [first, second] = [await signedInAs("OWNER"), await signedInAs("OWNER")];
  await first.goto(rolesPath);
  await createRole(first, { id: "shared_role", title: "Shared", own: "shared:read" });
  await second.goto(rolesPath);
  const [one, two] = [
    await openRoleDialog(first, "shared_role", "Edit"),
    await openRoleDialog(second, "shared_role", "Edit"),
  ];
  await one.getByLabel("Title").fill("First");
  await one.getByRole("button", { name: "Save" }).click();
  await expect(one).toBeHidden();
  await two.getByLabel("Title").fill("Second");
  await two.getByRole("button", { name: "Save" }).click();
  await expect(two.getByRole("alert")).toContainText("Somebody changed this role in the meantime");
  await two.getByRole("button", { name: "Cancel" }).click();
  await expect(roleRow(second, "shared_role")).toContainText("shared_role - First");
});

test("[S5] [B2] an admin reads the roles and cannot change them", async ({ signedInAs }) => {
  const page = await signedInAs("ADMIN");
  await page.goto(rolesPath);
  await expect(roleRow(page, "full_access")).toBeVisible();
  await expect(page.getByRole("button", { name: "Create role" })).toHaveCount(0);
  await page.getByRole("button", { name: "Actions for read_only" }).click();
  await expect(page.getByRole("menuitem", { name: "Edit" })).toBeDisabled();
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeDisabled();
  await page.getByRole("menuitem", { name: "View details" }).click();
  const details = page.getByRole("dialog", { name: "Role details" });
  await expect(details.getByRole("list", { name: "Permissions" })).toContainText("workspaces:read");
  await expect(details.getByRole("button", { name: "Edit" })).toHaveCount(0);
});

test("[S5] [B2] a member gets a 404 for the roles, and no link to them", async ({ signedInAs }) => {
  const page = await signedInAs("MEMBER");
  const response = await page.goto(rolesPath);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("table", { name: "Roles" })).toHaveCount(0);
  await page.goto("/acme/settings/general");
  await expect(page.getByRole("navigation", { name: "Settings" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Roles" })).toHaveCount(0);
});

test("[S5] the search is in the URL, and says when nothing is found", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  await page.goto(rolesPath);
  const box = page.getByRole("searchbox", { name: "Search roles" });
  await box.fill("audit");
  await expect(page).toHaveURL(/search=audit/);
  await expect(roleRow(page, "auditor")).toBeVisible();
  await expect(roleRow(page, "key_manager")).toHaveCount(0);
  await page.reload();
  await expect(roleRow(page, "key_manager")).toHaveCount(0);
  await box.fill("no role is called so");
  await expect(page.getByRole("status").filter({ hasText: "Nothing found" })).toBeVisible();
  for (const query of ["page=99", "page=x&pageSize=7", "search=%00", `search=${"x".repeat(300)}`]) {
    const response = await page.goto(`${rolesPath}?${query}`);
    expect(response?.status(), query).toBe(200);
    await expect(page.getByRole("table", { name: "Roles" }), query).toBeVisible();
  }
});
