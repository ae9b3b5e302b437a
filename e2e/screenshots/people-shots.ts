import type { Page } from "@playwright/test";
import { andThen, behindButton, behindMenu, press, type Shot, settings } from "./shot";

const members = settings("members");
const roles = settings("roles");
const applications = settings("applications");
const general = settings("general");

const application = (view: string) =>
  andThen(applications, async (page) => {
    await page.getByRole("table", { name: "Applications" }).getByRole("link").first().click();
    await page.getByRole("radiogroup", { name: "Show" }).waitFor();
    await page.getByRole("radiogroup", { name: "Show" }).getByText(view).click();
    await page.getByRole("table", { name: view }).waitFor();
  });

/** Removes the first member who can be removed; the last owner cannot. */
async function removeOne(page: Page): Promise<void> {
  await page
    .getByRole("button", { name: /^Remove /, disabled: false })
    .first()
    .click();
  await page.getByRole("dialog").waitFor();
}

const level = (table: string, to: string) => async (page: Page) => {
  await page
    .getByRole("table", { name: table })
    .getByRole("combobox", { name: /^Access level of / })
    .nth(1)
    .click();
  await page.getByRole("option", { name: to, exact: true }).click();
  await page.getByRole("dialog").waitFor();
};

/** Creates a custom role with a new id. */
async function createRole(page: Page): Promise<void> {
  await press(page, "Create role");
  const dialog = page.getByRole("dialog");
  const id = `billing_${Math.random().toString(36).slice(2, 6)}`;
  await dialog.getByLabel("Role ID").fill(id);
  await dialog.getByLabel("Title").fill("Billing");
  await dialog.getByLabel("Description").fill("Reads and closes invoices.");
  await dialog.getByLabel("Own permissions").fill("invoices:read invoices:close");
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
}

const ofOwnRole = (item: string) =>
  andThen(roles, async (page) => {
    await createRole(page);
    await press(page, /^Actions for billing_/);
    await page.getByRole("menuitem", { name: item, exact: true }).click();
    await page.getByRole("dialog").waitFor();
  });

const memberShots: readonly Shot[] = [
  { name: "members", byKeys: true, open: members },
  { name: "members-member", as: "chloe@example.com", open: members },
  { name: "member-invite", open: behindButton(members, "Invite member") },
  { name: "member-remove", byKeys: true, open: andThen(members, removeOne) },
  { name: "member-level", open: andThen(members, level("Members", "Member")) },
  {
    name: "member-invited",
    changes: true,
    open: andThen(behindButton(members, "Invite member"), async (page) => {
      const name = Math.random().toString(36).slice(2, 6);
      await page.getByRole("dialog").getByLabel("Email").fill(`dana-${name}@example.com`);
      await page.getByRole("dialog").getByRole("button", { name: "Invite", exact: true }).click();
      await page.getByRole("dialog").getByLabel("Invitation link").waitFor();
    }),
  },
  { name: "members-invitations", changes: true, isWholePage: true, open: members },
];

const applicationShots: readonly Shot[] = [
  { name: "applications", open: applications },
  { name: "applications-member", as: "chloe@example.com", open: applications },
  { name: "application-create", open: behindButton(applications, /^(Create|New) application/) },
  { name: "application-rename", open: behindMenu(applications, "Rename") },
  { name: "application-delete", open: behindMenu(applications, "Delete") },
  { name: "application-workspaces", open: application("Workspaces") },
  { name: "application-user-groups", open: application("User groups") },
  { name: "application-people", open: application("People") },
  { name: "workspace-create", open: behindButton(application("Workspaces"), "New workspace") },
  { name: "access-give", open: behindButton(application("People"), "Give access") },
  { name: "access-remove", open: behindButton(application("People"), /^Remove access of /) },
];

const roleShots: readonly Shot[] = [
  { name: "roles", open: roles },
  { name: "roles-member", as: "chloe@example.com", open: roles },
  { name: "role-details", open: behindMenu(roles, "View details") },
  { name: "role-create", open: behindButton(roles, "Create role") },
  { name: "role-edit", changes: true, open: ofOwnRole("Edit") },
  { name: "role-delete", changes: true, open: ofOwnRole("Delete") },
];

const generalShots: readonly Shot[] = [
  { name: "audit-log", open: settings("audit-log") },
  {
    name: "audit-log-entry",
    open: andThen(settings("audit-log"), async (page) => {
      const rolled = page.getByRole("row").filter({ hasText: "rolled" }).first();
      await rolled.getByRole("button", { name: /^Details of entry / }).click();
      await page.getByRole("heading", { name: "What changed" }).waitFor();
    }),
  },
  { name: "audit-log-filter", open: behindButton(settings("audit-log"), /^Filter/) },
  { name: "audit-log-nothing", open: settings("audit-log?action=key.reported&address=192.0.2.1") },
  { name: "general", isWholePage: true, open: general },
  { name: "general-admin", as: "ben@example.com", isWholePage: true, open: general },
  {
    name: "general-lifetime",
    open: andThen(general, async (page) => {
      await page.getByLabel("Maximum lifetime").fill("90");
      await press(page, "Save");
      await page.getByRole("dialog").waitFor();
    }),
  },
];

export const peopleShots: readonly Shot[] = [
  ...memberShots,
  ...applicationShots,
  ...roleShots,
  ...generalShots,
];
