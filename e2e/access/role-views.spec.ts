import type { Browser, Page } from "@playwright/test";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { openAccountMenu } from "../support/browser/account-menu";
import { generateKey, keysPath, keysTable } from "../support/browser/api-keys-page";
import { createOrganization } from "../support/browser/organizations";
import { people } from "../support/browser/people";
import { expect, type Latchkey, signIn, test } from "../support/browser/test";

const settings = "/acme/settings";

/** What each level sees in the settings, written by hand. A page that is not listed is a 404. [B1, B2] */
const views: Readonly<Record<AccessLevel, Readonly<Record<string, readonly string[]>>>> = {
  OWNER: {
    General: ["Save"],
    "API keys": ["Generate New Key"],
    Members: ["Invite member", "Remove"],
    Applications: ["New application"],
    Roles: ["Create role"],
    Webhooks: ["Add endpoint"],
    "Audit log": ["Filter", "Export"],
  },
  ADMIN: {
    General: [],
    "API keys": [],
    Members: ["Invite member"],
    Applications: ["New application"],
    Roles: [],
    "Audit log": ["Filter", "Export"],
  },
  MEMBER: { General: [], Members: [], Applications: [] },
};

/** Every page of the settings, and the buttons that some level has on it. */
const pages: Readonly<Record<string, { readonly path: string; readonly buttons: readonly string[] }>> = {
  General: { path: `${settings}/general`, buttons: ["Save"] },
  "API keys": { path: `${settings}/api-keys`, buttons: ["Generate New Key"] },
  Members: { path: `${settings}/members`, buttons: ["Invite member", "Remove"] },
  Applications: { path: `${settings}/applications`, buttons: ["New application"] },
  Roles: { path: `${settings}/roles`, buttons: ["Create role"] },
  Webhooks: { path: `${settings}/webhooks`, buttons: ["Add endpoint"] },
  "Audit log": { path: `${settings}/audit-log`, buttons: ["Filter", "Export"] },
};

/** The button with this name; in a table, any row's. */
const button = (page: Page, name: string) =>
  page.getByRole("main").getByRole("button", { name: name === "Remove" ? /^Remove / : name });

for (const [level, seen] of Object.entries(views) as [AccessLevel, (typeof views)[AccessLevel]][]) {
  test(`[B1] [B2] ${level}: exactly the expected links, pages and buttons`, async ({ signedInAs }) => {
    test.slow();
    const page = await signedInAs(level);
    await page.goto(`${settings}/general`);
    const navigation = page.getByRole("navigation", { name: "Settings" });
    const seesKeys = seen["API keys"] !== undefined;
    await expect(navigation.getByRole("link")).toHaveText([
      "Overview",
      ...(seesKeys ? ["API keys"] : []),
      ...["Members", "Applications"],
      ...(seesKeys ? ["Roles"] : []),
      ...["Webhooks", "Audit log"].filter((name) => seen[name] !== undefined),
      "General",
    ]);
    for (const [name, { path, buttons }] of Object.entries(pages)) {
      const shown = seen[name];
      const response = await page.goto(path);
      expect(response?.status(), name).toBe(shown === undefined ? 404 : 200);
      const heading = page.getByRole("heading", { level: 1 });
      await expect(heading).toHaveText(shown === undefined ? "Not found" : name);
      for (const one of shown ?? []) await expect(button(page, one).first(), `${one}, ${name}`).toBeVisible();
      for (const one of buttons.filter((other) => !shown?.includes(other))) {
        await expect(button(page, one), `${one}, ${name}`).toHaveCount(0);
      }
    }
  });
}

test.describe("deep links", () => {
  /** URLs with parameters: a key, a search, another page of the table. */
  const deep = (keyId: string) => [
    `${keysPath}?key=${keyId.replace(/^key_/, "")}`,
    `${keysPath}?key=${keyId.replace(/^key_/, "")}&status=all`,
    `${keysPath}?search=Deep&status=all&page=2`,
    `${settings}/roles?search=full`,
  ];

  async function deepKey(page: Page): Promise<string> {
    await page.goto(keysPath);
    return (await generateKey(page, { name: `Deep ${Math.random()}` })).id;
  }

  test("[B2] show the key to an admin, and nothing to a member, a stranger or a signed-out visitor", async ({
    browser,
    latchkey,
    signedInAs,
  }) => {
    test.slow();
    const id = await deepKey(await signedInAs("OWNER"));
    const admin = await signedInAs("ADMIN");
    await admin.goto(deep(id)[0] ?? "");
    await expect(admin.getByRole("dialog", { name: "API Key Details" })).toContainText("Deep");

    const member = await signedInAs("MEMBER");
    const stranger = await strangerIn(browser, latchkey);
    for (const page of [member, stranger]) {
      for (const path of deep(id)) {
        const response = await page.goto(path);
        expect(response?.status(), path).toBe(404);
        await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
        expect(await page.content(), path).not.toContain("Deep 0.");
      }
    }
    // A stranger sees none of the pages, and stays in their own organization.
    for (const { path } of Object.values(pages)) {
      expect((await stranger.goto(path))?.status(), path).toBe(404);
      expect(await stranger.content()).not.toContain("Acme");
    }
    await expect(stranger.getByRole("button", { name: "Organization: Elsewhere" })).toBeVisible();
    await stranger.context().close();

    const nobody = await (await browser.newContext({ baseURL: latchkey.server.url })).newPage();
    for (const path of deep(id)) {
      await nobody.goto(path);
      const url = new URL(nobody.url());
      expect([url.pathname, url.searchParams.get("next")]).toEqual(["/sign-in", path]);
    }
    // After signing in they are at the link's target.
    await nobody.goto(deep(id)[0] ?? "");
    await nobody.getByLabel("Email").fill(people.ADMIN.email);
    await nobody.getByLabel("Password").fill(people.ADMIN.password);
    await nobody.getByRole("button", { name: "Sign in" }).click();
    await expect(nobody.getByRole("dialog", { name: "API Key Details" })).toContainText("Deep");
    await nobody.context().close();
  });
});

test("[B2] after a sign-out Back shows the sign-in page and none of the earlier pages", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(`${settings}/general`);
  await page.goto(`${settings}/members`);
  await page.getByRole("link", { name: "API keys" }).click();
  await expect(keysTable(page)).toContainText("Default API Key");
  await openAccountMenu(page);
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  for (let steps = 0; steps < 2; steps++) {
    await page.goBack();
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
    expect(await page.content()).not.toMatch(/Default API Key|olivia@example/);
  }
});

/** The owner of their own organization, and a member of no other. */
async function strangerIn(browser: Browser, latchkey: Latchkey): Promise<Page> {
  const { url } = latchkey.server;
  const owner = await (await browser.newContext({ baseURL: url })).newPage();
  await signIn(owner, url, "OWNER");
  await owner.goto(url);
  await createOrganization(owner, "Elsewhere");
  await expect(owner).toHaveURL(/\/elsewhere\/settings\/api-keys$/);
  await owner.getByRole("link", { name: "Members" }).click();
  await owner.getByRole("button", { name: "Invite member" }).click();
  const dialog = owner.getByRole("dialog", { name: "Invite member" });
  await dialog.getByLabel("Email").fill("stranger@example.com");
  await dialog.getByLabel("Access level").click();
  await owner.getByRole("option", { name: "Owner" }).click();
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  const link = await dialog.getByLabel("Invitation link").inputValue();
  await owner.context().close();
  const stranger = await (await browser.newContext({ baseURL: url })).newPage();
  await stranger.goto(link);
  await stranger.getByLabel("Your name").fill("Stan Stranger");
  await stranger.getByLabel("Password").fill("a password of a new person");
  await stranger.getByRole("button", { name: "Join" }).click();
  await expect(stranger.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  return stranger;
}
