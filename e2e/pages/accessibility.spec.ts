import { openAccountMenu } from "../support/browser/account-menu";
import {
  chooseAction,
  fillGenerateForm,
  generateKey,
  keysPath,
  openRoles,
  readRevealed,
} from "../support/browser/api-keys-page";
import { expectNoSidewaysScrolling } from "../support/browser/by-keyboard";
import { aboutMenus, expectAccessible } from "../support/browser/expect-accessible";
import { chooseLevel, invite, membersPath } from "../support/browser/members-page";
import { people } from "../support/browser/people";
import { createRole, fillCreateRole, openRoleDialog, rolesPath } from "../support/browser/roles-page";
import { expect, test } from "../support/browser/test";
import { createInstallation } from "../support/database/installation";
import { startServer } from "../support/processes/server-process";

test.describe("axe finds nothing in", () => {
  test("the pages before the dashboard", async ({ page }) => {
    const installation = await createInstallation();
    const server = await startServer(installation.variables);
    await page.goto(server.setupUrl());
    await expectAccessible(page, "setup");
    await page.getByRole("button", { name: "Create organization" }).click();
    await expect(page.getByLabel("Email")).toHaveAccessibleDescription(/./);
    await expectAccessible(page, "setup, refused");
    await page.goto(`${server.url}/setup`);
    await expectAccessible(page, "setup, closed");
    await page.goto(`${server.url}/sign-in`);
    await expectAccessible(page, "sign-in");
    await page.goto(`${server.url}/no/such/page`);
    await expectAccessible(page, "not found");
    await server.stop();
    await installation.remove();
  });

  for (const path of [
    "/account/profile",
    "/account/notices",
    "/account/notices/mail",
    "/new",
    "/account/security",
    "/account/api-keys/acme",
    "/acme",
    "/acme/settings/general",
    "/acme/settings/applications",
    keysPath,
    membersPath,
    rolesPath,
    "/acme/settings/webhooks",
    "/acme/settings/audit-log",
  ]) {
    test(`${path}`, async ({ signedInAs }) => {
      const page = await signedInAs("OWNER");
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page, path);
      await page.setViewportSize({ width: 390, height: 844 });
      await expectAccessible(page, `${path}, narrow`);
      // 720 px is a window of 1440 px at 200% zoom.
      for (const width of [720, 320]) {
        await page.setViewportSize({ width, height: 640 });
        await expectNoSidewaysScrolling(page, `${path} at ${width}`);
      }
    });
  }

  test("the account menu, an empty list, and a list with every status", async ({ signedInAs }) => {
    const page = await signedInAs("OWNER");
    await page.goto(`${keysPath}?search=nothing+has+this+name`);
    await expectAccessible(page, "empty");
    await openAccountMenu(page);
    await expect(page.getByRole("menu")).toBeVisible();
    await expectAccessible(page, "account menu", aboutMenus);
  });

  test("the dialogs and the sheet", async ({ signedInAs }) => {
    test.slow();
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { name } = await generateKey(page, { name: "Accessible" });

    const generate = await fillGenerateForm(page, { name: "" });
    await expectAccessible(page, "generate");
    await generate.getByLabel("Namespace", { exact: true }).click();
    await expect(page.getByRole("option", { name: "Acme" })).toBeVisible();
    await expectAccessible(page, "generate, namespaces");
    await page.keyboard.type("no such namespace");
    await expect(generate.getByText("Nothing matches.")).toBeVisible();
    await expectAccessible(page, "generate, no namespace found");
    await page.keyboard.press("Escape");
    await generate.getByLabel("Access level", { exact: true }).click();
    await expect(page.getByRole("option", { name: "Admin" })).toBeVisible();
    await page.keyboard.press("Escape");
    await generate.getByRole("button", { name: "Generate", exact: true }).click();
    await expect(generate.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(/required/);
    await expectAccessible(page, "generate, refused");
    await generate.getByLabel("Name", { exact: true }).fill("Accessible too");
    await generate.getByRole("button", { name: "Generate", exact: true }).click();
    await readRevealed(generate);
    await expectAccessible(page, "reveal");
    await generate.getByRole("button", { name: "Done" }).click();
    await expect(generate.getByRole("alert")).toBeVisible();
    await expectAccessible(page, "reveal, not copied");
    page.on("dialog", (dialog) => void dialog.accept());
    // Alone: an open menu may cover half of another row's button, and axe measures what is left.
    await page.goto(`${keysPath}?search=${encodeURIComponent(name)}`);

    await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    await expectAccessible(page, "row menu", aboutMenus);
    await page.keyboard.press("Escape");
    for (const action of [
      "Edit",
      "Roll",
      "Duplicate",
      "Pause",
      "Revoke",
      "Delete",
      "View details",
    ] as const) {
      await chooseAction(page, name, action);
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page, action);
      if (action === "View details") {
        await page.getByRole("tab", { name: "Permissions" }).click();
        await page.getByRole("button", { name: /^users/ }).click();
        await expect(page.getByRole("list", { name: "Permissions on users" })).toBeVisible();
        await expectAccessible(page, "permissions, explained");
      }
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toBeHidden();
    }
  });
});

test("axe finds nothing in the member dialogs and an invitation", async ({
  signedInAs,
  browser,
  latchkey,
}) => {
  test.slow();
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  await generateKey(page, { name: "Seen in the dialog" });
  await page.goto(membersPath);
  const link = await invite(page, "accessible@example.com");
  await expectAccessible(page, "members with an invitation");
  await page.getByRole("button", { name: "Invite member" }).click();
  await expectAccessible(page, "invite");
  await page.keyboard.press("Escape");
  await chooseLevel(page, people.MEMBER.name, "ADMIN");
  await expectAccessible(page, "change level");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: `Remove ${people.ADMIN.name}` }).click();
  await expect(page.getByText("No live key ends.")).toBeVisible();
  await expectAccessible(page, "remove");

  const context = await browser.newContext({ baseURL: latchkey.server.url });
  const guest = await context.newPage();
  await guest.goto(link);
  await expectAccessible(guest, "invitation");
  await guest.goto("/invite/none");
  await expectAccessible(guest, "invitation, closed");
  await context.close();
});

test("axe finds nothing in the role dialogs", async ({ signedInAs }) => {
  test.slow();
  const page = await signedInAs("OWNER");
  await page.goto(rolesPath);
  const create = await fillCreateRole(page, { id: "accessible", title: "", own: "not a permission" });
  await expectAccessible(page, "create role");
  await create.getByRole("button", { name: "Create", exact: true }).click();
  await expect(create.getByLabel("Title")).toHaveAccessibleDescription(/required/);
  await expectAccessible(page, "create role, refused");
  await page.keyboard.press("Escape");
  await expect(create.getByRole("alert").filter({ hasText: "What you typed is not saved" })).toBeVisible();
  await expectAccessible(page, "create role, asks before it closes");
  await create.getByRole("button", { name: "Cancel" }).click();
  await createRole(page, { id: "accessible", title: "Accessible", own: "reports:read reports:list" });
  await page.goto(keysPath);
  const generate = await fillGenerateForm(page, { name: "Has a role" });
  await openRoles(generate);
  await generate.getByLabel("Filter roles").fill("accessible");
  await generate.getByRole("checkbox", { name: /^accessible/ }).click();
  await generate.getByLabel("Filter roles").fill("no such role");
  await expectAccessible(page, "generate, no role found");
  await page.keyboard.press("Escape");
  await generate.getByRole("button", { name: "Generate", exact: true }).click();
  await readRevealed(generate);
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto(rolesPath);
  const edit = await openRoleDialog(page, "accessible", "Edit");
  await edit.getByLabel("Own permissions").fill("reports:read reports:write");
  await expect(edit.getByRole("list", { name: "Has a role: gains" })).toBeVisible();
  await expectAccessible(page, "edit role");
  await edit.getByRole("button", { name: "Cancel" }).click();
  for (const action of ["View details", "Delete"] as const) {
    await openRoleDialog(page, "accessible", action);
    await expectAccessible(page, `${action} of a role`);
    await page.keyboard.press("Escape");
  }
});
