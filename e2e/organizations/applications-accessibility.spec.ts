import type { Page } from "@playwright/test";
import {
  applicationsPath,
  createResource,
  generateKeyIn,
  openResource,
  openResourceDialog,
  resourceRow,
  show,
} from "../support/browser/applications-page";
import { aboutMenus, expectAccessible } from "../support/browser/expect-accessible";
import { chooseLevel } from "../support/browser/members-page";
import { people } from "../support/browser/people";
import { expect, test } from "../support/browser/test";

/** Checks the page at desktop width and on a phone. */
async function expectBothAccessible(page: Page, what: string): Promise<void> {
  await expectAccessible(page, what);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page, `${what}, narrow`);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("axe finds nothing in applications, their resources and their access lists", async ({ signedInAs }) => {
  test.slow();
  const page = await signedInAs("OWNER");
  await page.goto(`${applicationsPath}?show=user-groups`);
  await expectBothAccessible(page, "no user groups");
  await page.goto(applicationsPath);
  await createResource(page, "Applications", "Accessible");
  await expectBothAccessible(page, "applications");
  await resourceRow(page, "Applications", "Accessible").getByRole("button").click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectAccessible(page, "row menu", aboutMenus);
  await page.keyboard.press("Escape");
  const application = await openResource(page, "Applications", "Accessible");
  await expectBothAccessible(page, "no workspaces");
  await createResource(page, "Workspaces", "Inside");
  await page.getByRole("button", { name: "New workspace" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("dialog").getByLabel("Name")).toHaveAccessibleDescription(/required/);
  await expectAccessible(page, "new workspace, refused");
  await page.keyboard.press("Escape");
  await openResource(page, "Workspaces", "Inside");
  await expectBothAccessible(page, "workspace");

  await page.goto(application);
  await show(page, "People");
  await page.getByRole("button", { name: "Give access" }).click();
  await expectAccessible(page, "give access");
  await page.getByRole("combobox", { name: "Member" }).click();
  await expect(page.getByRole("option", { name: people.ADMIN.name })).toBeVisible();
  await expectAccessible(page, "give access, members");
  await page.goto(`${application}?show=people`);
  await chooseLevel(page, people.OWNER.name, "MEMBER");
  await expect(page.getByText("No key there loses a permission.")).toBeVisible();
  await expectAccessible(page, "change level");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: `Remove access of ${people.OWNER.name}` }).click();
  await expect(page.getByText("No live key ends.")).toBeVisible();
  await expectAccessible(page, "take access");

  await generateKeyIn(page, "Accessible", { name: "Ends with it" });
  await page.goto(applicationsPath);
  const rename = await openResourceDialog(page, "Applications", "Accessible", "Rename");
  await expectBothAccessible(page, "rename");
  await rename.getByLabel("Name").fill("");
  await rename.getByRole("button", { name: "Rename" }).click();
  await expect(rename.getByLabel("Name")).toHaveAccessibleDescription(/required/);
  await expectAccessible(page, "rename, refused");
  await rename.getByRole("button", { name: "Cancel" }).click();
  await page.goto(applicationsPath);
  const remove = await openResourceDialog(page, "Applications", "Accessible", "Delete");
  await expect(remove.getByRole("list", { name: "1 key ends" })).toBeVisible();
  await expectBothAccessible(page, "delete");

  const member = await signedInAs("MEMBER");
  await member.goto(application);
  await expectBothAccessible(member, "application without access");
});

test("by keyboard alone an application is created, opened, renamed and given to somebody", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(applicationsPath);
  const button = page.getByRole("button", { name: "New application" });
  const dialog = page.getByRole("dialog");
  // Before hydration a key press is held back and delivered to the button as a click.
  await expect(async () => {
    await button.focus();
    await page.keyboard.press("Enter");
    await expect(dialog.getByLabel("Name")).toBeFocused({ timeout: 3_000 });
  }).toPass();
  await page.keyboard.type("Typed");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();

  const actions = page.getByRole("button", { name: "Actions for Typed" });
  await actions.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Typed again");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Actions for Typed again" })).toBeFocused();

  await page.getByRole("link", { name: "Typed again" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Typed again", level: 1 })).toBeVisible();
  await page.getByRole("radio", { name: "Workspaces" }).focus();
  // Hold the key like a person: a radio is selected only if it gets the focus while the key is down.
  await page.keyboard.press("ArrowLeft", { delay: 100 });
  await expect(page.getByRole("table", { name: "People" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "People" })).toBeFocused();

  const give = page.getByRole("button", { name: "Give access" });
  await give.focus();
  await page.keyboard.press("Enter");
  await dialog.getByRole("combobox", { name: "Member" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByPlaceholder("Search members")).toBeFocused();
  await page.keyboard.type("adam@");
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("combobox", { name: "Member" })).toHaveText(people.ADMIN.name);
  await dialog.getByRole("button", { name: "Give access" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("combobox", { name: `Access level of ${people.ADMIN.name}` })).toHaveText(
    "Member",
  );
});
