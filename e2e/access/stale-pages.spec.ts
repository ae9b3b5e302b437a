import type { Browser, BrowserContext, Locator, Page } from "@playwright/test";
import { levelWord } from "@/lib/core/access/access-level";
import { chooseAction, fillGenerateForm, keysPath } from "../support/browser/api-keys-page";
import { chooseLevel, membersPath } from "../support/browser/members-page";
import { people } from "../support/browser/people";
import { createRole, openRoleDialog, rolesPath } from "../support/browser/roles-page";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";

type Stale = {
  readonly what: string;
  /** Opens the page and does everything except the last click; returns what contains the button. */
  readonly prepare: (page: Page) => Promise<Locator>;
  readonly button: string;
  /** The refusal for a person who has become a MEMBER. */
  readonly refusal: string;
};

/** One of each kind of change, prepared by an owner. */
const kinds: readonly Stale[] = [
  {
    what: "generate a key",
    prepare: async (page) => {
      await page.goto(keysPath);
      return fillGenerateForm(page, { name: "Too late" });
    },
    button: "Generate",
    refusal: "You may not generate keys in this organization.",
  },
  {
    what: "revoke a key",
    prepare: async (page) => {
      await page.goto(keysPath);
      await chooseAction(page, "Default API Key", "Revoke");
      const dialog = page.getByRole("dialog", { name: "Revoke key" });
      await expect(dialog.getByRole("button", { name: "Revoke", exact: true })).toBeEnabled();
      return dialog;
    },
    button: "Revoke",
    refusal: "There is no such API key.",
  },
  {
    what: "invite somebody",
    prepare: async (page) => {
      await page.goto(membersPath);
      await page.getByRole("button", { name: "Invite member" }).click();
      const dialog = page.getByRole("dialog", { name: "Invite member" });
      await dialog.getByLabel("Email").fill("too-late@example.com");
      return dialog;
    },
    button: "Invite",
    refusal: "Only owners and admins may invite.",
  },
  {
    what: "change a level",
    prepare: async (page) => {
      await page.goto(membersPath);
      const dialog = await chooseLevel(page, people.MEMBER.name, "ADMIN");
      await expect(dialog.getByRole("button", { name: "Change level" })).toBeEnabled();
      return dialog;
    },
    button: "Change level",
    refusal: "Only an owner may remove members and change their levels.",
  },
  {
    what: "edit a role",
    prepare: async (page) => {
      await page.goto(rolesPath);
      const dialog = await openRoleDialog(page, "stale_role", "Edit");
      await dialog.getByLabel("Title").fill("Too late");
      return dialog;
    },
    button: "Save",
    refusal: "There is no such role.",
  },
  {
    what: "change the settings",
    prepare: async (page) => {
      await page.goto("/acme/settings/general");
      const main = page.getByRole("main");
      await main.getByLabel("Organization name").fill("Too late");
      return main;
    },
    button: "Save",
    refusal: "Only an owner may change the organization.",
  },
  {
    what: "create an application",
    prepare: async (page) => {
      await page.goto("/acme/settings/applications");
      await page.getByRole("button", { name: "New application" }).click();
      const dialog = page.getByRole("dialog", { name: "New application" });
      await dialog.getByLabel("Name").fill("Too late");
      return dialog;
    },
    button: "Create",
    refusal: "You may not create applications in this organization.",
  },
];

async function elsewhere(browser: Browser, baseURL: string): Promise<BrowserContext> {
  return browser.newContext({ baseURL });
}

/** A page per kind of change, ready to send, and any errors on them. */
async function prepareAll(context: BrowserContext) {
  const crashes: string[] = [];
  const prepared: { readonly stale: Stale; readonly page: Page; readonly where: Locator }[] = [];
  for (const stale of kinds) {
    const page = await context.newPage();
    page.on("pageerror", (error) => crashes.push(`${stale.what}: ${error.message}`));
    prepared.push({ stale, page, where: await stale.prepare(page) });
  }
  return { crashes, prepared };
}

test("[B1] [B2] pages left open by an owner refuse every kind of change after a demotion and a removal", async ({
  browser,
}) => {
  test.slow();
  const latchkey = await startLatchkey();
  const { url } = latchkey.server;
  const owner = await (await elsewhere(browser, url)).newPage();
  await signIn(owner, url, "OWNER");
  await owner.goto(rolesPath);
  await createRole(owner, { id: "stale_role", title: "A role", own: "reports:read" });
  await owner.goto(membersPath);
  const make = async (level: "OWNER" | "MEMBER") => {
    const dialog = await chooseLevel(owner, people.ADMIN.name, level);
    await dialog.getByRole("button", { name: "Change level" }).click();
    await expect(owner.getByText(`${people.ADMIN.name} is ${levelWord(level)} now`).last()).toBeVisible();
  };
  await make("OWNER");

  const adam = await elsewhere(browser, url);
  await signIn(await adam.newPage(), url, "ADMIN");
  const asMember = await prepareAll(adam);
  await make("MEMBER");
  for (const { stale, page, where } of asMember.prepared) {
    await test.step(`demoted: ${stale.what}`, async () => {
      await where.getByRole("button", { name: stale.button, exact: true }).click();
      const notThere = page.getByRole("heading", { name: "Not found", level: 1 });
      await expect(page.getByRole("alert").filter({ hasText: stale.refusal }).or(notThere)).toBeVisible();
    });
  }
  expect(asMember.crashes).toEqual([]);

  await make("OWNER");
  const asNobody = await prepareAll(adam);
  await owner.getByRole("button", { name: `Remove ${people.ADMIN.name}` }).click();
  const removal = owner.getByRole("dialog", { name: "Remove member" });
  await removal.getByRole("button", { name: "Remove", exact: true }).click();
  const password = removal.getByLabel("Password");
  await expect(async () => {
    if (await password.isVisible()) {
      await password.fill(people.OWNER.password);
      await removal.getByRole("button", { name: "Remove", exact: true }).click();
    }
    await expect(removal).toBeHidden({ timeout: 1000 });
  }).toPass();
  // The removal ended their session, and open pages say so.
  for (const { stale, where } of asNobody.prepared.slice(0, 1)) {
    await where.getByRole("button", { name: stale.button, exact: true }).click();
    await expect(where.getByRole("alert")).toContainText("You are signed out.");
  }
  // Signed in again, they still have no access there.
  await signIn(await adam.newPage(), url, "ADMIN");
  for (const { stale, page, where } of asNobody.prepared) {
    await test.step(`removed: ${stale.what}`, async () => {
      await where.getByRole("button", { name: stale.button, exact: true }).click();
      const notThere = page.getByRole("heading", { name: "Not found", level: 1 });
      const refused = page.getByRole("alert").filter({ hasText: "There is no such organization." });
      await expect(refused.or(notThere).first()).toBeVisible();
      await page.reload();
      await expect(notThere).toBeVisible();
    });
  }
  expect(asNobody.crashes).toEqual([]);

  // No change was made.
  await owner.goto("/acme/settings/general");
  await expect(owner.getByLabel("Organization name")).toHaveValue("Acme");
  for (const path of [keysPath, `${keysPath}?status=revoked`, membersPath, rolesPath]) {
    await owner.goto(path);
    await expect(owner.getByRole("table")).toBeVisible();
    await expect(owner.getByRole("main")).not.toContainText(/too.late/i);
  }
  await expect(owner.getByRole("main")).toContainText("stale_role - A role");
  await owner.context().close();
  await adam.close();
  await stopLatchkey(latchkey);
});
