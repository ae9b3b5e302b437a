import type { Page } from "@playwright/test";
import { database } from "@/lib/db/client";
import { openAccountMenu } from "../support/browser/account-menu";
import { keyRow, keysPath } from "../support/browser/api-keys-page";
import { chooseOrganization, createOrganization, openSwitcher } from "../support/browser/organizations";
import { people } from "../support/browser/people";
import { expect, signIn, signInByForm, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { makeOrganizations } from "../support/data/many-organizations";

const onKeysOf = (slug: string) => new RegExp(`/${slug}/settings/api-keys$`);

async function openSettings(page: Page): Promise<void> {
  await openAccountMenu(page);
  await page.getByRole("group", { name: "Organization" }).getByRole("menuitem", { name: "Settings" }).click();
}

test("[J2] [B1] a person creates another organization, owns it, and works in both", async ({
  signedInAs,
}) => {
  const page = await signedInAs("ADMIN");
  await page.goto(keysPath);
  await createOrganization(page, "Söhne & Co");
  await expect(page).toHaveURL(onKeysOf("sohne-co"));
  await expect(page.getByRole("heading", { name: "API keys", level: 1 })).toBeVisible();
  await expect(keyRow(page, "Default API Key")).toBeVisible();
  await expect(page.getByRole("button", { name: "Organization: Söhne & Co" })).toBeVisible();
  // They are an owner here, but not there.
  await expect(page.getByRole("button", { name: "Generate New Key" })).toBeVisible();

  await openSettings(page);
  await expect(page).toHaveURL(/\/sohne-co\/settings\/general$/);
  await expect(page.getByLabel("Organization name")).toHaveValue("Söhne & Co");

  await chooseOrganization(page, "Acme");
  await expect(page).toHaveURL(onKeysOf("acme"));
  await expect(page.getByRole("button", { name: "Organization: Acme" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Generate New Key" })).toHaveCount(0);

  // Opens a page of the other organization, then one that belongs to no organization.
  await page.goto("/sohne-co/settings/members");
  await expect(page.getByRole("button", { name: "Organization: Söhne & Co" })).toBeVisible();
  await openAccountMenu(page);
  await page.getByRole("menuitem", { name: "Account" }).click();
  await expect(page.getByRole("heading", { name: "Profile", level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "Organization: Söhne & Co" })).toBeVisible();
  await openSettings(page);
  await expect(page).toHaveURL(/\/sohne-co\/settings\/general$/);
  await page.getByRole("link", { name: "Latchkey" }).click();
  await expect(page).toHaveURL(/\/sohne-co$/);
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
});

test("another organization looks the same as one that does not exist", async ({ signedInAs }) => {
  const owner = await signedInAs("OWNER");
  await owner.goto("/");
  await createOrganization(owner, "Olivia alone");
  await expect(owner).toHaveURL(onKeysOf("olivia-alone"));
  const other = await signedInAs("MEMBER");
  for (const path of ["", "/settings", "/settings/api-keys", "/settings/general", "/settings/members"]) {
    const response = await other.goto(`/olivia-alone${path}`);
    expect(response?.status(), path).toBe(404);
    expect(await other.content()).not.toContain("Olivia alone");
  }
  await openSwitcher(other);
  await expect(other.getByRole("menuitemradio")).toHaveText(["Acme"]);
});

test("the form sent twice in one frame creates one organization, and an invalid name is refused", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto("/new");
  const name = page.getByLabel("Organization name");
  const button = page.getByRole("button", { name: "Create organization" });
  await expect(async () => {
    await name.fill("   ");
    await button.click();
    await expect(name).toHaveAccessibleDescription(/Organization name is required/, { timeout: 5000 });
  }).toPass();
  await expect(name).toBeFocused();
  await name.fill("Twice");
  await button.evaluate((element: HTMLButtonElement) => {
    element.form?.requestSubmit(element);
    element.form?.requestSubmit(element);
  });
  await expect(page).toHaveURL(onKeysOf("twice"));
  await expect(page.getByRole("heading", { name: "API keys", level: 1 })).toBeVisible();
  await page.reload();
  await openSwitcher(page);
  await expect(page.getByRole("menuitemradio", { name: /^Twice/ })).toHaveCount(1);
});

test("signed out, the page for a new organization leads to the sign-in and back", async ({
  browser,
  latchkey,
}) => {
  const page = await (await browser.newContext({ baseURL: latchkey.server.url })).newPage();
  await page.goto("/new");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fnew$/);
  await page.getByLabel("Email").fill(people.OWNER.email);
  await page.getByLabel("Password").fill(people.OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "New organization", level: 1 })).toBeVisible();
  await page.context().close();
});

test("one of hundreds of organizations is found by typing, and nobody owns more than 50", async ({
  browser,
}) => {
  test.slow();
  const latchkey = await startLatchkey(async ({ userIds }) => {
    const named = (count: number, name: string) =>
      Array.from({ length: count }, (_, index) => {
        const number = String(index + 1).padStart(3, "0");
        return { name: `${name} ${number}`, slug: `${name.toLowerCase()}-${number}` };
      });
    const make = async (rows: ReturnType<typeof named>, userId: string, accessLevel: "OWNER" | "MEMBER") => {
      const ids = await makeOrganizations(rows);
      const members = ids.map((organizationId) => ({ organizationId, userId, accessLevel }));
      await database().member.createMany({ data: members });
    };
    await make(named(200, "Branch"), userIds.MEMBER, "MEMBER");
    await make(named(49, "Owned"), userIds.OWNER, "OWNER");
  });
  const baseURL = latchkey.server.url;
  const page = await (await browser.newContext({ baseURL })).newPage();
  await signIn(page, baseURL, "MEMBER");
  await page.goto("/branch-150/settings/general");
  const switcher = page.getByRole("dialog", { name: "Organizations" });
  const find = page.getByRole("combobox", { name: "Find an organization" });
  const openSearch = () =>
    // Retry until the page has hydrated.
    expect(async () => {
      if (!(await switcher.isVisible())) await page.getByRole("button", { name: /^Organization: / }).click();
      await expect(find).toBeFocused({ timeout: 1000 });
    }).toPass();
  await openSearch();
  await expect(page.getByRole("option")).toHaveCount(201);
  await expect(page.getByRole("option", { name: "Branch 150" })).toBeInViewport();
  await expect(switcher.getByRole("link", { name: "New organization" })).toBeInViewport();
  await page.keyboard.type("17 bran");
  await expect(page.getByRole("option")).toHaveText([
    ...["017", "117", "170", "171", "172", "173", "174", "175", "176", "177", "178", "179"].map(
      (number) => `Branch ${number}`,
    ),
  ]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/branch-117$/);
  await expect(switcher).toBeHidden();
  await openSearch();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Organization: Branch 117" })).toBeFocused();
  await openSearch();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "New organization", level: 1 })).toBeVisible();
  await expect(switcher).toBeHidden();
  await page.context().close();

  const owner = await (await browser.newContext({ baseURL })).newPage();
  await signIn(owner, baseURL, "OWNER");
  await owner.goto("/new");
  await owner.getByLabel("Organization name").fill("One too many");
  await owner.getByRole("button", { name: "Create organization" }).click();
  await expect(owner.getByRole("main").getByRole("alert")).toHaveText(
    "You own 50 organizations. Nobody can own more than 50.",
  );
  await expect(owner.getByLabel("Organization name")).toHaveValue("One too many");
  await owner.context().close();
  await stopLatchkey(latchkey);
});

test("a person without an organization is told so, and creates one", async ({ browser }) => {
  const latchkey = await startLatchkey(async ({ userIds }) => {
    await database().member.deleteMany({ where: { userId: userIds.MEMBER } });
  });
  const baseURL = latchkey.server.url;
  const page = await (await browser.newContext({ baseURL })).newPage();
  await signInByForm(page, baseURL, "MEMBER");
  await expect(page).toHaveURL(/\/new$/);
  await expect(page.getByText("You are not a member of any organization.")).toContainText(
    people.MEMBER.email,
  );
  await openAccountMenu(page);
  await expect(page.getByRole("menuitem", { name: "Settings" })).toHaveCount(0);
  await page.getByRole("menuitem", { name: "Account" }).click();
  await expect(page.getByRole("heading", { name: "Profile", level: 1 })).toBeVisible();
  await page.getByRole("link", { name: "New organization" }).click();
  await page.getByLabel("Organization name").fill("Mia's own");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page).toHaveURL(onKeysOf("mia-s-own"));
  await expect(page.getByRole("button", { name: "Organization: Mia's own" })).toBeVisible();
  await page.context().close();
  await stopLatchkey(latchkey);
});
