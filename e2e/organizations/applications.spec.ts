import { clickTwice } from "../support/browser/api-keys-page";
import {
  applicationsPath,
  createResource,
  generateKeyIn,
  openResource,
  openResourceDialog,
  personRow,
  resourceRow,
  show,
} from "../support/browser/applications-page";
import { membersPath } from "../support/browser/members-page";
import { people } from "../support/browser/people";
import { expect, test } from "../support/browser/test";

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
  await expect(resourceRow(page, "Applications", "Warehouse")).toContainText("Owner");

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
    ...["Storefront", "Owner", "1", "1", "1", "0"],
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

test("[P3] repeated clicks create one application, and an invalid name is refused at its field", async ({
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
  let sent = 0;
  page.on("request", (request) => {
    if (request.method() === "POST") sent += 1;
  });
  await clickTwice(dialog.getByRole("button", { name: "Create" }));
  await expect(dialog).toBeHidden();
  expect(sent).toBe(1);
  await expect(page.getByRole("button", { name: "New application" })).toBeFocused();
  await expect(resourceRow(page, "Applications", "Clicked twice")).toHaveCount(1);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("[P3] keys created after the dialog was opened are shown before they end", async ({ signedInAs }) => {
  test.slow();
  const [page, other] = [await signedInAs("OWNER"), await signedInAs("OWNER")];
  await page.goto(applicationsPath);
  await createResource(page, "Applications", "Growing");
  const dialog = await openResourceDialog(page, "Applications", "Growing", "Delete");
  await expect(dialog.getByText("No live key ends with it.")).toBeVisible();
  const late = await generateKeyIn(other, "Growing", { name: "Came late" });
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(dialog.getByRole("alert")).toContainText("More keys would end than you were shown");
  await expect(dialog.getByRole("list", { name: "1 key ends" })).toContainText(late.name);
  await dialog.getByLabel("Type the application's name to confirm").fill("Growing");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(dialog).toBeHidden();
  await expect(resourceRow(page, "Applications", "Growing")).toHaveCount(0);
});

for (const level of ["ADMIN", "MEMBER"] as const) {
  test(`[P3] [P9] ${level} sees the applications, and changes only their own`, async ({ signedInAs }) => {
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
    for (const [action, reason] of [
      ["Rename", "Only admins and owners of this application can rename it."],
      ["Delete", "Only owners of this application can delete it."],
    ] as const) {
      const item = page.getByRole("menuitem", { name: action });
      await expect(item).toBeDisabled();
      await expect(item).toHaveAccessibleDescription(reason);
    }
    await page.keyboard.press("Escape");
    if (level === "ADMIN") {
      await createResource(page, "Applications", "Adam's own");
      await expect(resourceRow(page, "Applications", "Adam's own")).toContainText("Owner");
    } else {
      await expect(page.getByRole("button", { name: "New application" })).toHaveCount(0);
      await expect(page.getByText("Only admins and owners of the organization can create")).toBeVisible();
    }
    await openResource(page, "Applications", name);
    await show(page, "People");
    await expect(personRow(page, people.OWNER.email)).toContainText("Owner");
    await expect(page.getByRole("combobox", { name: /^Access level/ })).toHaveCount(0);
    await expect(page.getByText("Only an owner of this application manages who has access.")).toBeVisible();
  });
}

test("invalid URLs get an answer, and URLs of missing resources are 404", async ({ signedInAs }) => {
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
