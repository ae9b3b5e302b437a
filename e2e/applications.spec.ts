import { database } from "@/lib/db/client";
import { presentKey } from "./support/api";
import { clickTwice } from "./support/api-keys-page";
import {
  applicationsPath,
  createResource,
  generateKeyIn,
  giveAccess,
  openResource,
  openResourceDialog,
  personRow,
  resourceRow,
  show,
} from "./support/applications-page";
import { chooseLevel, membersPath } from "./support/members-page";
import { people } from "./support/people";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "./support/test";

test("[P3] an owner creates, finds, renames and deletes an application, a workspace and a user group", async ({
  signedInAs,
}) => {
  test.slow();
  const page = await signedInAs("OWNER");
  await page.goto(membersPath);
  await page.getByRole("link", { name: "Applications" }).click();
  await expect(page.getByRole("heading", { name: "Applications", level: 1 })).toBeVisible();
  await createResource(page, "Applications", "Warehouse");
  await createResource(page, "Applications", "Shop 100%");
  await expect(resourceRow(page, "Applications", "Warehouse")).toContainText("OWNER");

  await page.getByRole("searchbox", { name: "Search applications" }).fill("100%");
  await expect(resourceRow(page, "Applications", "Warehouse")).toHaveCount(0);
  await expect(page).toHaveURL(/search=100/);
  await page.reload();
  await expect(resourceRow(page, "Applications", "Shop 100%")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search applications" }).fill("no such application");
  await expect(page.getByRole("status").filter({ hasText: "Nothing found" })).toBeVisible();
  await page.getByRole("button", { name: "Clear the search" }).click();

  const rename = await openResourceDialog(page, "Applications", "Shop 100%", "Rename");
  await rename.getByLabel("Name").fill("Warehouse");
  await rename.getByRole("button", { name: "Rename" }).click();
  await expect(rename.getByLabel("Name")).toHaveAccessibleDescription(/with this name already/);
  await expect(rename.getByLabel("Name")).toBeFocused();
  await rename.getByLabel("Name").fill("Storefront");
  await rename.getByRole("button", { name: "Rename" }).click();
  await expect(rename).toBeHidden();
  await expect(resourceRow(page, "Applications", "Shop 100%")).toHaveCount(0);

  const application = await openResource(page, "Applications", "Storefront");
  await createResource(page, "Workspaces", "Production");
  await show(page, "User groups");
  await createResource(page, "User groups", "Support");
  await page.goto(applicationsPath);
  await expect(resourceRow(page, "Applications", "Storefront").getByRole("cell")).toHaveText([
    ...["Storefront", "OWNER", "1", "1", "1", "0"],
    ...[/just now|minute/, ""],
  ]);
  await show(page, "User groups");
  await expect(page).toHaveURL(/show=user-groups/);
  await createResource(page, "User groups", "Everyone");
  await expect(resourceRow(page, "User groups", "Support")).toHaveCount(0);

  await page.goto(application);
  const workspace = await openResource(page, "Workspaces", "Production");
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toHaveText(/Storefront.*Production/);
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Live");
  await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("heading", { name: "Live", level: 1 })).toBeVisible();

  await page.goto(application);
  await page.getByRole("button", { name: "Delete" }).click();
  const remove = page.getByRole("dialog", { name: "Delete application" });
  await expect(remove).toContainText("with its 1 workspace and 1 user group, and 1 person loses");
  await expect(remove).toContainText("No live key ends with it.");
  await remove.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { name: "Applications", level: 1 })).toBeVisible();
  await expect(resourceRow(page, "Applications", "Storefront")).toHaveCount(0);
  for (const gone of [application, workspace]) {
    expect((await page.goto(gone))?.status(), gone).toBe(404);
    await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
  }
});

test("[P3] one click creates one, however often it is clicked, and a name is refused beside its field", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(applicationsPath);
  await page.getByRole("button", { name: "New application" }).click();
  const dialog = page.getByRole("dialog", { name: "New application" });
  const name = dialog.getByLabel("Name");
  await expect(name).toBeFocused();
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(name).toHaveAccessibleDescription(/Name is required/);
  await name.fill("x".repeat(81));
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(name).toHaveAccessibleDescription(/at most 80/);
  await name.fill("Clicked twice");
  await clickTwice(dialog.getByRole("button", { name: "Create" }));
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "New application" })).toBeFocused();
  await expect(resourceRow(page, "Applications", "Clicked twice")).toHaveCount(1);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("[P9] [Y9] [L5] access is given, lowered and taken, and the keys that it carries are told of first", async ({
  browser,
}) => {
  test.slow();
  // One of its own: everyone may create keys here.
  const latchkey = await startLatchkey(async ({ organizationId }) => {
    await database().organization.update({ where: { id: organizationId }, data: { keyCreators: "ADMIN" } });
  });
  const { url } = latchkey.server;
  const at = async (level: "OWNER" | "ADMIN" | "MEMBER") => {
    const page = await (await browser.newContext({ baseURL: url })).newPage();
    await signIn(page, url, level);
    return page;
  };
  const [owner, admin] = [await at("OWNER"), await at("ADMIN")];
  await owner.goto(applicationsPath);
  await createResource(owner, "Applications", "Storefront");
  const application = await openResource(owner, "Applications", "Storefront");
  await createResource(owner, "Workspaces", "Production");

  // An admin of the organization sees the application, and of what is in it nothing.
  await admin.goto(application);
  await expect(admin.getByText("You have no access to this application.")).toBeVisible();
  await expect(admin.getByText("Here are the workspaces that you have access to: none.")).toBeVisible();
  await expect(admin.getByRole("button", { name: "New workspace" })).toHaveCount(0);
  await expect(admin.getByText("Only admins and owners of this application create workspaces")).toBeVisible();
  const workspace = await openResource(owner, "Workspaces", "Production");
  expect((await admin.goto(workspace))?.status()).toBe(404);

  await giveAccess(owner, "ADMIN", "OWNER");
  expect((await admin.goto(workspace))?.status()).toBe(200);
  await expect(admin.getByText("Your access to this workspace: OWNER")).toBeVisible();
  const kept = await generateKeyIn(admin, "Production", { name: "Goes to Olivia", accessLevel: "ADMIN" });
  const ended = await generateKeyIn(admin, "Production", { name: "Ends with Adam", accessLevel: "ADMIN" });
  await admin.goto(workspace);

  await owner.goto(workspace);
  const select = owner.getByRole("combobox", { name: `Access level of ${people.ADMIN.name}` });
  const lower = await chooseLevel(owner, people.ADMIN.name, "MEMBER");
  const shrinking = lower.getByRole("list", { name: "2 keys can do less from then on" });
  await expect(shrinking).toContainText(kept.name);
  await owner.keyboard.press("Escape");
  await expect(select).toHaveText("OWNER");
  await expect(select).toBeFocused();
  const again = await chooseLevel(owner, people.ADMIN.name, "MEMBER");
  await again.getByRole("button", { name: "Change level" }).click();
  await expect(owner.getByText(`${people.ADMIN.name} is MEMBER of “Production” now`)).toBeVisible();
  expect(await presentKey(url, kept.token)).toBe("200");

  // A page that was open when its person was demoted.
  await admin.getByRole("button", { name: "Give access" }).click();
  const stale = admin.getByRole("dialog", { name: "Give access" });
  await stale.getByRole("combobox", { name: "Member" }).click();
  await expect(
    admin.getByRole("status").filter({ hasText: "Only an owner of this workspace or of the organization" }),
  ).toBeVisible();
  await admin.keyboard.press("Escape");
  await admin.keyboard.press("Escape");
  await admin.getByRole("button", { name: "Rename" }).click();
  const renaming = admin.getByRole("dialog", { name: "Rename workspace" });
  await renaming.getByLabel("Name").fill("Mine");
  await renaming.getByRole("button", { name: "Rename" }).click();
  await expect(renaming.getByRole("alert")).toContainText("You may not rename this workspace.");
  await admin.goto(workspace);
  await expect(admin.getByText("Only an owner of this workspace manages who has access.")).toBeVisible();
  for (const button of ["Rename", "Delete", "Give access", `Take access from ${people.ADMIN.name}`]) {
    await expect(admin.getByRole("button", { name: button })).toHaveCount(0);
  }

  await owner.getByRole("button", { name: `Take access from ${people.ADMIN.name}` }).click();
  const taking = owner.getByRole("dialog", { name: "Take access" });
  await expect(taking.getByRole("list", { name: "2 keys end" })).toContainText(ended.name);
  await taking.getByRole("combobox", { name: `What becomes of ${kept.name}` }).click();
  await owner.getByRole("option", { name: `Transfer to ${people.OWNER.name}` }).click();
  await taking.getByRole("button", { name: "Take access" }).click();
  await expect(taking).toBeHidden();
  await expect(personRow(owner, people.ADMIN.email)).toHaveCount(0);
  expect(await presentKey(url, kept.token)).toBe("200");
  expect(await presentKey(url, ended.token)).toBe("401 key_revoked");
  expect((await admin.goto(workspace))?.status()).toBe(404);

  // Now it goes with the key that is left.
  await owner.getByRole("button", { name: "Delete" }).click();
  const remove = owner.getByRole("dialog", { name: "Delete workspace" });
  await expect(remove.getByRole("list", { name: "1 key ends" })).toContainText(kept.name);
  const button = remove.getByRole("button", { name: "Delete" });
  await expect(button).toBeDisabled();
  await remove.getByLabel("Type the workspace's name to confirm").fill("Production");
  await button.click();
  await expect(owner.getByRole("heading", { name: "Storefront", level: 1 })).toBeVisible();
  await expect(resourceRow(owner, "Workspaces", "Production")).toHaveCount(0);
  expect(await presentKey(url, kept.token)).toBe("401 key_revoked");
  await owner.context().close();
  await admin.context().close();
  await stopLatchkey(latchkey);
});

test("[P3] keys that came after the dialog was opened are shown before they end", async ({ signedInAs }) => {
  test.slow();
  const [page, other] = [await signedInAs("OWNER"), await signedInAs("OWNER")];
  await page.goto(applicationsPath);
  await createResource(page, "Applications", "Growing");
  const dialog = await openResourceDialog(page, "Applications", "Growing", "Delete");
  await expect(dialog.getByText("No live key ends with it.")).toBeVisible();
  const late = await generateKeyIn(other, "Growing", { name: "Came late" });
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(dialog.getByRole("alert")).toContainText("More keys would end than you were told");
  await expect(dialog.getByRole("list", { name: "1 key ends" })).toContainText(late.name);
  await dialog.getByLabel("Type the application's name to confirm").fill("Growing");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(dialog).toBeHidden();
  await expect(resourceRow(page, "Applications", "Growing")).toHaveCount(0);
});

for (const level of ["ADMIN", "MEMBER"] as const) {
  test(`[P3] [P9] ${level} sees the applications, and changes none that is not theirs`, async ({
    signedInAs,
  }) => {
    const owner = await signedInAs("OWNER");
    await owner.goto(applicationsPath);
    const name = `Seen by ${level}`;
    await createResource(owner, "Applications", name);

    const page = await signedInAs(level);
    await page.goto(applicationsPath);
    await expect(resourceRow(page, "Applications", name)).toContainText("None");
    const seesKeys = page.getByRole("columnheader", { name: "Live keys" });
    await expect(seesKeys).toHaveCount(level === "ADMIN" ? 1 : 0);
    await resourceRow(page, "Applications", name).getByRole("button").click();
    for (const action of ["Rename", "Delete"]) {
      await expect(page.getByRole("menuitem", { name: action })).toBeDisabled();
      await expect(page.getByRole("menuitem", { name: action })).toHaveAccessibleDescription(
        /Only admins and/,
      );
    }
    await page.keyboard.press("Escape");
    if (level === "ADMIN") {
      await createResource(page, "Applications", "Adam's own");
      await expect(resourceRow(page, "Applications", "Adam's own")).toContainText("OWNER");
    } else {
      await expect(page.getByRole("button", { name: "New application" })).toHaveCount(0);
      await expect(page.getByText("Only admins and owners of the organization create")).toBeVisible();
    }
    await openResource(page, "Applications", name);
    await show(page, "People");
    await expect(personRow(page, people.OWNER.email)).toContainText("OWNER");
    await expect(page.getByRole("combobox", { name: /^Access level/ })).toHaveCount(0);
    await expect(page.getByText("Only an owner of this application manages who has access.")).toBeVisible();
  });
}

test("addresses that make no sense are answered, and those of nothing are 404", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  for (const query of ["page=99", "page=x&pageSize=7", "search=%00", `search=${"x".repeat(300)}`, "show=x"]) {
    const response = await page.goto(`${applicationsPath}?${query}`);
    expect(response?.status(), query).toBe(200);
    await expect(page.getByRole("table", { name: "Applications" }), query).toBeVisible();
  }
  const unknown = "01890000-0000-7000-8000-000000000000";
  for (const path of [
    unknown,
    "x",
    "workspaces",
    `workspaces/${unknown}`,
    "user-groups/x",
    "workspaces/%00",
  ]) {
    const response = await page.goto(`${applicationsPath}/${path}`);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { name: "Not found" }), path).toBeVisible();
  }
});
