import type { Browser, Page } from "@playwright/test";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database, inTransaction } from "@/lib/db/client";
import { createOrganization } from "@/lib/services/organizations/create-organization";
import { presentKey } from "../support/api/api";
import { openAccountMenu } from "../support/browser/account-menu";
import {
  chooseAction,
  confirm,
  copySecret,
  endKey,
  fillGenerateForm,
  generateKey,
  keyRow,
  keysPath,
  keysTable,
  readRevealed,
  rollDialog,
  shownNames,
} from "../support/browser/api-keys-page";
import { chooseLevel, membersPath } from "../support/browser/members-page";
import { type MadePeople, people } from "../support/browser/people";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { createTestKey } from "../support/data/test-key";
import { createTestResources, giveTestGrant } from "../support/data/test-resources";

const ownKeysPath = "/account/api-keys/acme";
const ownersKey = "Of the owner";

/** Starts a server where this level and above may create keys. Mia is ADMIN in a workspace, where Olivia has a key. */
async function startAcme(keyCreators: AccessLevel): Promise<Latchkey & { readonly ownersKeyId: string }> {
  let ownersKeyId = "";
  const latchkey = await startLatchkey(async ({ organizationId: id, userIds }) => {
    await database().organization.update({ where: { id }, data: { keyCreators } });
    const { workspace } = await createTestResources({ id });
    await giveTestGrant({ id }, userIds.MEMBER, workspace, "ADMIN");
    await giveTestGrant({ id }, userIds.OWNER, workspace, "OWNER");
    const over = { name: ownersKey, namespace: workspace, accessLevel: "MEMBER" } as const;
    ownersKeyId = (await createTestKey({ id, userIds }, over)).id;
    await secondOrganization(userIds);
  });
  return { ...latchkey, ownersKeyId };
}

/** Creates an organization that Olivia owns and Mia is not a member of. */
async function secondOrganization(userIds: MadePeople["userIds"]): Promise<void> {
  const origin = { at: new Date(), address: null, userAgent: null, requestId: null };
  const actor = { kind: "system", name: "Test" } as const;
  await inTransaction((transaction) =>
    createOrganization(transaction, { name: "Zenith", ownerId: userIds.OWNER, actor, origin }),
  );
}

/** A separate, signed-in browser. */
async function pageOf(browser: Browser, { server }: Latchkey, level: AccessLevel): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: server.url })).newPage();
  await signIn(page, server.url, level);
  return page;
}

async function openAccount(page: Page): Promise<void> {
  await page.goto("/");
  await openAccountMenu(page);
  await page.getByRole("menuitem", { name: "Account" }).click();
  await expect(page.getByRole("heading", { name: "Profile", level: 1 })).toBeVisible();
}

for (const [keyCreators, allowed] of [
  ["OWNER", ["OWNER"]],
  ["ADMIN", ["OWNER", "ADMIN"]],
] as const) {
  test(`[L12] [Y2] where ${keyCreators} and above create keys, others have neither the page nor a link to it`, async ({
    browser,
  }) => {
    test.slow();
    const latchkey = await startAcme(keyCreators);
    for (const level of ["OWNER", "ADMIN", "MEMBER"] as const) {
      const page = await pageOf(browser, latchkey, level);
      const there = (allowed as readonly AccessLevel[]).includes(level);
      await openAccount(page);
      const link = page.getByRole("navigation", { name: "Account" }).getByRole("link", { name: "API keys" });
      await expect(link).toHaveCount(there ? 1 : 0);
      for (const path of [ownKeysPath, `${ownKeysPath}?status=all`, "/account/api-keys"]) {
        const response = await page.goto(path);
        expect(response?.status()).toBe(there ? 200 : 404);
      }
      await expect(page.getByRole("button", { name: "Generate New Key" })).toHaveCount(there ? 1 : 0);
      if (!there) expect(await page.content()).not.toContain(ownersKey);
      await page.context().close();
    }
    await stopLatchkey(latchkey);
  });
}

test.describe("where everyone creates keys", () => {
  let latchkey: Awaited<ReturnType<typeof startAcme>>;
  test.beforeAll(async () => {
    latchkey = await startAcme("MEMBER");
  });
  test.afterAll(() => stopLatchkey(latchkey));

  test("[L12] [Y2] [P7] a member generates, edits, rolls, revokes and deletes keys of their own", async ({
    browser,
  }) => {
    test.slow();
    const page = await pageOf(browser, latchkey, "MEMBER");
    await openAccount(page);
    await page.getByRole("link", { name: "API keys" }).click();
    await expect(page).toHaveURL(new RegExp(`${ownKeysPath}$`));
    await expect(page.getByRole("heading", { name: "API keys", level: 1 })).toBeVisible();
    await expect(page.getByText("No API keys yet")).toBeVisible();

    // They are ADMIN in the workspace, though MEMBER in the organization.
    const choices = { namespace: "Storefront / Production", accessLevel: "ADMIN" } as const;
    const made = await generateKey(page, { name: "Mia's worker", choices });
    const second = await generateKey(page, { name: "Mia's other" });
    expect(await shownNames(page)).toEqual(["Mia's other", "Mia's worker"]);
    await page.goto(`${latchkey.server.url}${ownKeysPath}?columns=namespace`);
    await expect(keyRow(page, "Mia's worker")).toContainText("Workspace: Storefront / Production");
    expect(await presentKey(latchkey.server.url, made.token)).toBe("200");

    await chooseAction(page, "Mia's worker", "Edit");
    const edit = page.getByRole("dialog", { name: "Edit key" });
    await edit.getByLabel("Name", { exact: true }).fill("Mia's renamed");
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(keyRow(page, "Mia's renamed")).toBeVisible();

    await chooseAction(page, "Mia's renamed", "Roll");
    const roll = rollDialog(page);
    await roll.getByRole("radio", { name: "Now" }).check();
    await confirm(roll, "Roll");
    const { token } = await readRevealed(roll);
    await copySecret(roll);
    await roll.getByRole("button", { name: "Done" }).click();
    expect(await presentKey(latchkey.server.url, made.token)).toBe("401 key_rolled");
    expect(await presentKey(latchkey.server.url, token)).toBe("200");

    await chooseAction(page, "Mia's renamed", "View details");
    await page.getByRole("tab", { name: "Permissions" }).click();
    await expect(page.getByText("Mia Member, Admin in Storefront / Production")).toBeVisible();
    await page.keyboard.press("Escape");
    await endKey(page, "Mia's renamed", "Revoke");
    expect(await presentKey(latchkey.server.url, token)).toBe("401 key_revoked");
    await endKey(page, "Mia's other", "Delete");
    await expect(keyRow(page, "Mia's other")).toHaveCount(0);
    expect(await presentKey(latchkey.server.url, second.token)).toBe("401 key_revoked");
    await page.context().close();
  });

  test("[L12] [B2] a member sees no keys of others, neither in the list nor by URL", async ({ browser }) => {
    const page = await pageOf(browser, latchkey, "MEMBER");
    await page.goto(`${ownKeysPath}?status=all&search=owner`);
    await expect(keysTable(page)).toBeVisible();
    await expect(keyRow(page, ownersKey)).toHaveCount(0);
    await page.goto(`${ownKeysPath}?key=${latchkey.ownersKeyId}`);
    await expect(page.getByRole("dialog", { name: "API Key Details" })).toContainText("no such API key");
    expect(await page.content()).not.toContain(ownersKey);
    for (const path of [keysPath, "/account/api-keys/zenith", "/account/api-keys/no-such"]) {
      expect((await page.goto(path))?.status()).toBe(404);
    }
    await page.context().close();
  });

  test("[L12] a person who reads all keys finds only their own on this page; with several organizations, they choose one", async ({
    browser,
  }) => {
    const page = await pageOf(browser, latchkey, "ADMIN");
    await page.goto(`${ownKeysPath}?key=${latchkey.ownersKeyId}`);
    await expect(page.getByRole("dialog", { name: "API Key Details" })).toContainText("no such API key");
    await page.context().close();

    const owner = await pageOf(browser, latchkey, "OWNER");
    await owner.goto(ownKeysPath);
    await expect(keyRow(owner, ownersKey)).toBeVisible();
    await owner.getByLabel("Organization", { exact: true }).click();
    await owner.getByRole("option", { name: "Zenith" }).click();
    await expect(owner).toHaveURL(/\/account\/api-keys\/zenith$/);
    await expect(owner.getByText("The keys that you created in Zenith.")).toBeVisible();
    await expect(keyRow(owner, "Default API Key")).toBeVisible();
    await expect(keyRow(owner, ownersKey)).toHaveCount(0);
    await owner.context().close();
  });
});

test("[P7] [P9] [Y2] a dialog left open while access was removed refuses at the field, and keeps the input", async ({
  browser,
}) => {
  test.slow();
  const latchkey = await startAcme("MEMBER");
  const owner = await pageOf(browser, latchkey, "OWNER");
  const admin = await pageOf(browser, latchkey, "ADMIN");
  const member = await pageOf(browser, latchkey, "MEMBER");
  for (const each of [admin, member]) await each.goto(ownKeysPath);
  const adminForm = await fillGenerateForm(admin, { name: "Too high", choices: { accessLevel: "ADMIN" } });
  const memberForm = await fillGenerateForm(member, {
    name: "Out of reach",
    choices: { namespace: "Storefront / Production", accessLevel: "ADMIN" },
  });

  await owner.goto(membersPath);
  const lower = await chooseLevel(owner, people.ADMIN.name, "MEMBER");
  await lower.getByRole("button", { name: "Change level" }).click();
  await expect(owner.getByText(`${people.ADMIN.name} is Member now`)).toBeVisible();
  await owner.goto("/acme/settings/applications");
  await owner.getByRole("link", { name: "Storefront" }).click();
  await owner.getByRole("link", { name: "Production", exact: true }).click();
  await owner.getByRole("button", { name: `Remove access of ${people.MEMBER.name}` }).click();
  const take = owner.getByRole("dialog", { name: "Remove access" });
  await take.getByRole("button", { name: "Remove access" }).click();
  await expect(take).toBeHidden();

  const generate = { name: "Generate", exact: true } as const;
  await adminForm.getByRole("button", generate).click();
  const level = adminForm.getByLabel("Access level", { exact: true });
  await expect(level).toHaveAccessibleDescription(/You are now Member there/);
  await expect(level).toBeFocused();
  await expect(adminForm.getByLabel("Name", { exact: true })).toHaveValue("Too high");
  // The options were loaded again.
  await expect(level).toHaveText("Member");
  await adminForm.getByRole("button", generate).click();
  await readRevealed(adminForm);

  await memberForm.getByRole("button", generate).click();
  const namespace = memberForm.getByLabel("Namespace", { exact: true });
  await expect(namespace).toHaveAccessibleDescription(/You no longer have access to this namespace/);
  await expect(namespace).toBeFocused();
  await expect(memberForm.getByLabel("Name", { exact: true })).toHaveValue("Out of reach");
  await namespace.click();
  await expect(member.getByRole("option")).toHaveText([/^Acme/]);
  await member.getByRole("option").click();
  await memberForm.getByRole("button", generate).click();
  await readRevealed(memberForm);

  // After the setting changes, the options are gone, and so is the page.
  await member.goto(ownKeysPath);
  const late = await fillGenerateForm(member, { name: "Too late" });
  await expect(late.getByLabel("Namespace", { exact: true })).toBeVisible();
  await owner.goto("/acme/settings/general");
  await owner.getByRole("radio", { name: "Owners and admins" }).click();
  await owner.getByRole("button", { name: "Save" }).click();
  await expect(owner.getByText("Settings saved")).toBeVisible();
  await late.getByRole("button", generate).click();
  await expect(late.getByRole("alert")).toContainText("You may not generate keys in this organization.");
  await expect(late.getByLabel("Name", { exact: true })).toHaveValue("Too late");
  expect((await member.goto(ownKeysPath))?.status()).toBe(404);
  for (const page of [owner, admin, member]) await page.context().close();
  await stopLatchkey(latchkey);
});
