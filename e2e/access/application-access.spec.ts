import type { Browser, Page } from "@playwright/test";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { presentKey } from "../support/api/api";
import {
  applicationsPath,
  createResource,
  generateKeyIn,
  giveAccess,
  openResource,
  personRow,
  resourceRow,
  show,
} from "../support/browser/applications-page";
import { chooseLevel, confirmEnd, leaveKeysAfter, transferOne } from "../support/browser/members-page";
import { people } from "../support/browser/people";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";

async function signedIn(browser: Browser, { server }: Latchkey, level: AccessLevel): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: server.url })).newPage();
  await signIn(page, server.url, level);
  return page;
}

test("[P9] [Y9] [L5] access is given, lowered and taken, and the affected keys are shown first", async ({
  browser,
}) => {
  test.slow();
  // A separate server, where admins may create keys.
  const latchkey = await startLatchkey(async ({ organizationId }) => {
    await database().organization.update({ where: { id: organizationId }, data: { keyCreators: "ADMIN" } });
  });
  const { url } = latchkey.server;
  const [owner, admin] = [
    await signedIn(browser, latchkey, "OWNER"),
    await signedIn(browser, latchkey, "ADMIN"),
  ];
  await owner.goto(applicationsPath);
  await createResource(owner, "Applications", "Storefront");
  const application = await openResource(owner, "Applications", "Storefront");
  await createResource(owner, "Workspaces", "Production");

  // An admin of the organization sees the application, but nothing inside it.
  await admin.goto(application);
  await expect(admin.getByText("You have no access to this application.")).toBeVisible();
  await expect(admin.getByText("You only see those that you have access to")).toBeVisible();
  await expect(admin.getByRole("button", { name: "New workspace" })).toHaveCount(0);
  const workspace = await openResource(owner, "Workspaces", "Production");
  expect((await admin.goto(workspace))?.status()).toBe(404);

  await giveAccess(owner, "ADMIN", "OWNER");
  expect((await admin.goto(workspace))?.status()).toBe(200);
  await expect(admin.getByText("Your access to this workspace: Owner")).toBeVisible();
  const kept = await generateKeyIn(admin, "Production", { name: "Goes to Olivia", accessLevel: "ADMIN" });
  const ended = await generateKeyIn(admin, "Production", { name: "Ends with Adam", accessLevel: "ADMIN" });
  await admin.goto(workspace);

  await owner.goto(workspace);
  const select = owner.getByRole("combobox", { name: `Access level of ${people.ADMIN.name}` });
  const lower = await chooseLevel(owner, people.ADMIN.name, "MEMBER");
  const shrinking = lower.getByRole("list", { name: "2 keys" });
  await expect(shrinking).toContainText(kept.name);
  await owner.keyboard.press("Escape");
  await expect(select).toHaveText("Owner");
  await expect(select).toBeFocused();
  const again = await chooseLevel(owner, people.ADMIN.name, "MEMBER");
  await again.getByRole("button", { name: "Change level" }).click();
  await expect(owner.getByText(`${people.ADMIN.name} is Member of “Production” now`)).toBeVisible();
  expect(await presentKey(url, kept.token)).toBe("200");

  // A page opened before the person was demoted.
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
  for (const button of ["Rename", "Delete", "Give access", `Remove access of ${people.ADMIN.name}`]) {
    await expect(admin.getByRole("button", { name: button })).toHaveCount(0);
  }

  await owner.getByRole("button", { name: `Remove access of ${people.ADMIN.name}` }).click();
  const taking = owner.getByRole("dialog", { name: "Remove access" });
  await expect(taking.getByRole("list", { name: "2 keys" })).toContainText(ended.name);
  await taking.getByRole("radio", { name: "Revoke all 2" }).check();
  await transferOne(owner, taking, kept.name, people.OWNER.name);
  await confirmEnd(taking, "Remove access");
  await expect(taking).toBeHidden();
  await leaveKeysAfter(owner, /no longer has access to “Production”$/);
  await expect(personRow(owner, people.ADMIN.email)).toHaveCount(0);
  expect(await presentKey(url, kept.token)).toBe("200");
  expect(await presentKey(url, ended.token)).toBe("401 key_revoked");
  expect((await admin.goto(workspace))?.status()).toBe(404);

  // Now the deletion succeeds, with the remaining key.
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

test("[P9] access to an application does not include its resources; a person who loses it keeps their other access", async ({
  signedInAs,
}) => {
  test.slow();
  const owner = await signedInAs("OWNER");
  await owner.goto(applicationsPath);
  await createResource(owner, "Applications", "Nested");
  const application = await openResource(owner, "Applications", "Nested");
  await createResource(owner, "Workspaces", "Inside");
  const workspace = await openResource(owner, "Workspaces", "Inside");
  await owner.goto(application);
  await show(owner, "People");
  await giveAccess(owner, "MEMBER", "ADMIN");

  // An admin of the application sees its resources, creates some, and can change only their own.
  const member = await signedInAs("MEMBER");
  await member.goto(application);
  await expect(resourceRow(member, "Workspaces", "Inside")).toContainText("None");
  await createResource(member, "Workspaces", "Mia's");
  await member.goto(workspace);
  await expect(member.getByText("You have no access to this workspace.")).toBeVisible();
  await expect(member.getByRole("button", { name: "Rename" })).toHaveCount(0);

  await member.goto(application);
  const own = await openResource(member, "Workspaces", "Mia's");
  await member.getByRole("button", { name: `Remove access of ${people.MEMBER.name}` }).click();
  const leaving = member.getByRole("dialog", { name: "Remove access" });
  await expect(leaving).toContainText("You lose access to this workspace at once");
  await leaving.getByRole("button", { name: "Remove access" }).click();
  await expect(member.getByRole("heading", { name: "Nested", level: 1 })).toBeVisible();
  await member.goto(own);
  await expect(member.getByText("You have no access to this workspace.")).toBeVisible();

  // The owner of the organization manages the application without a grant, and the page says why.
  await owner.goto(own);
  await expect(owner.getByText("but you manage it as an owner of the organization")).toBeVisible();
  await expect(owner.getByRole("status").filter({ hasText: "Nobody has access" })).toBeVisible();
  await giveAccess(owner, "MEMBER", "MEMBER");
  await expect(personRow(owner, people.MEMBER.email)).toContainText(people.MEMBER.name);
});
