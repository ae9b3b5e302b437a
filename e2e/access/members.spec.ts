import type { Browser, Page } from "@playwright/test";
import { presentKey } from "../support/api/api";
import { generateKey, keysPath } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import {
  chooseLevel,
  confirmEnd,
  invite,
  leaveKeysAfter,
  memberRow,
  membersPath,
  transferOne,
} from "../support/browser/members-page";
import { people } from "../support/browser/people";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";

const password = "a password of a new person";

/** Another person's browser, which shares nothing with the first one. */
async function elsewhere(browser: Browser, latchkey: Latchkey): Promise<Page> {
  return (await browser.newContext({ baseURL: latchkey.server.url })).newPage();
}

async function acceptAsNew(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Join" }).click();
  await page.getByRole("button", { name: "Account menu" }).waitFor();
}

test("[L12] [B1] a new person is invited, joins once through the link, and appears in the list", async ({
  browser,
  latchkey,
  signedInAs,
}) => {
  const owner = await signedInAs("OWNER");
  await owner.goto(keysPath);
  await owner.getByRole("link", { name: "Members" }).click();
  await expect(owner.getByRole("heading", { name: "Members", level: 1 })).toBeVisible();
  const email = "nora@example.com";
  const link = await invite(owner, email, "ADMIN");
  await expect(owner.getByRole("list", { name: "Invitations" })).toContainText(email);

  const nora = await elsewhere(browser, latchkey);
  await acceptAsNew(nora, link, "Nora New");
  await expect(nora.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await nora.context().close();

  const late = await elsewhere(browser, latchkey);
  for (const address of [link, `${link.slice(0, -3)}abc`]) {
    await late.goto(address);
    await expect(late.getByText("This invitation is invalid or was already used.")).toBeVisible();
    await expect(late.getByRole("button")).toHaveCount(0);
    expect(await late.content()).not.toContain("Acme");
  }
  await late.context().close();

  await owner.reload();
  await expect(memberRow(owner, email)).toBeVisible();
  await expect(owner.getByRole("list", { name: "Invitations" }).getByText(email)).toHaveCount(0);
  await owner.getByRole("searchbox", { name: "Search members" }).fill("NORA@");
  await expect(memberRow(owner, email)).toBeVisible();
  await expect(memberRow(owner, people.OWNER.email)).toHaveCount(0);
  await expect(owner.getByRole("combobox", { name: "Access level of Nora New" })).toHaveText("Admin");
});

test("[L12] an existing member is not invited, and a revoked link does not work", async ({
  browser,
  latchkey,
  signedInAs,
}) => {
  const owner = await signedInAs("OWNER");
  await owner.goto(membersPath);
  await owner.getByRole("button", { name: "Invite member" }).click();
  const dialog = owner.getByRole("dialog", { name: "Invite member" });
  await dialog.getByLabel("Email").fill(people.MEMBER.email);
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(dialog.getByLabel("Email")).toHaveAccessibleDescription("This person is already a member");
  await dialog.getByRole("button", { name: "Cancel" }).click();

  const link = await invite(owner, "revoked@example.com");
  await owner.getByRole("button", { name: "Revoke the invitation of revoked@example.com" }).click();
  await expect(owner.getByText("The invitation for revoked@example.com was revoked")).toBeVisible();
  const page = await elsewhere(browser, latchkey);
  await page.goto(link);
  await expect(page.getByText("This invitation is invalid or was already used.")).toBeVisible();
  await page.context().close();
});

for (const level of ["ADMIN", "MEMBER"] as const) {
  test(`[B1] ${level} reads the list and cannot change anybody`, async ({ signedInAs }) => {
    const page = await signedInAs(level);
    await page.goto(membersPath);
    await expect(memberRow(page, people.OWNER.email)).toContainText("Owner");
    const mayInvite = page.getByRole("button", { name: "Invite member" });
    await expect(mayInvite).toHaveCount(level === "ADMIN" ? 1 : 0);
    await expect(page.getByRole("combobox", { name: /^Access level/ })).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^Remove/ })).toHaveCount(0);
    const seesKeys = page.getByRole("columnheader", { name: "Live keys" });
    await expect(seesKeys).toHaveCount(level === "ADMIN" ? 1 : 0);
  });
}

test("[B1] the last owner cannot be demoted or removed", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  await page.goto(membersPath);
  await expect(page.getByRole("combobox", { name: `Access level of ${people.OWNER.name}` })).toBeDisabled();
  await expect(page.getByRole("button", { name: `Remove ${people.OWNER.name}` })).toBeDisabled();
});

test("[Y8] [Y9] [L5] an owner is demoted, then removed: the keys are listed before each", async ({
  browser,
}) => {
  test.slow();
  // A separate organization, because its people change.
  const latchkey = await startLatchkey();
  const { url } = latchkey.server;
  const owner = await elsewhere(browser, latchkey);
  await signIn(owner, url, "OWNER");
  await owner.goto(membersPath);
  const { name } = people.ADMIN;
  const raise = await chooseLevel(owner, name, "OWNER");
  await raise.getByRole("button", { name: "Change level" }).click();
  await expect(owner.getByText(`${name} is Owner now`)).toBeVisible();

  const second = await elsewhere(browser, latchkey);
  await signIn(second, url, "ADMIN");
  await second.goto(keysPath);
  const kept = await generateKey(second, { name: "Goes to Olivia", choices: { accessLevel: "ADMIN" } });
  const ended = await generateKey(second, { name: "Ends with Adam", choices: { accessLevel: "ADMIN" } });
  await second.goto(membersPath);

  await owner.goto(membersPath);
  const lower = await chooseLevel(owner, name, "MEMBER");
  const shrinking = lower.getByRole("list", { name: "2 keys" });
  await expect(shrinking.getByRole("listitem").filter({ hasText: kept.name })).toBeVisible();
  await lower.getByRole("button", { name: "Cancel" }).click();
  await expect(owner.getByRole("combobox", { name: `Access level of ${name}` })).toHaveText("Owner");
  await expect(owner.getByRole("combobox", { name: `Access level of ${name}` })).toBeFocused();
  const again = await chooseLevel(owner, name, "MEMBER");
  await again.getByRole("button", { name: "Change level" }).click();
  await expect(owner.getByText(`${name} is Member now`)).toBeVisible();
  expect(await presentKey(url, ended.token)).toBe("200");

  // A page opened before the person was demoted.
  await second.getByRole("button", { name: `Remove ${people.MEMBER.name}` }).click();
  const stale = second.getByRole("dialog", { name: "Remove member" });
  await expect(stale.getByRole("alert")).toContainText("Only an owner may remove members");
  await expect(stale.getByRole("button", { name: "Remove" })).toBeDisabled();

  const removal = owner.getByRole("dialog", { name: "Remove member" });
  // The use above is written shortly after the response, and a key in use needs a typed confirmation.
  await expect(async () => {
    if (await removal.isVisible()) await removal.getByRole("button", { name: "Cancel" }).click();
    await owner.getByRole("button", { name: `Remove ${name}` }).click();
    await expect(removal.getByRole("img", { name: /1 accepted/ })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(removal.getByRole("list", { name: "2 keys" })).toContainText(ended.name);
  await removal.getByRole("radio", { name: "Revoke all 2" }).check();
  await transferOne(owner, removal, kept.name, people.OWNER.name);
  await expect(removal).toContainText(`${name} may still know the secret of the key that moves.`);
  await confirmEnd(removal, "Remove");
  await expect(removal).toBeHidden();
  const told = owner.getByRole("dialog", { name: `${name} was removed` });
  await expect(told.getByRole("list", { name: "What became of the keys" }).getByRole("listitem")).toHaveText([
    /^1 key belongs to Olivia Owner now/,
    /^1 key was revoked/,
  ]);
  await expect(told).toContainText(`${name} may still know the secret of the key that moved`);
  await expectAccessible(owner, "what became of the keys");
  await leaveKeysAfter(owner, `${name} was removed`);
  await expect(memberRow(owner, people.ADMIN.email)).toHaveCount(0);
  expect(await presentKey(url, kept.token)).toBe("200");
  expect(await presentKey(url, ended.token)).toBe("401 key_revoked");
  // The removal ended their session, and their account no longer gives access to the organization.
  await second.goto(membersPath);
  await expect(second).toHaveURL(/\/sign-in\?next=/);
  await signIn(second, url, "ADMIN");
  const gone = await second.goto(membersPath);
  expect(gone?.status()).toBe(404);

  // Invited again, they join with the same account.
  const link = await invite(owner, people.ADMIN.email);
  await second.goto(link);
  await second.getByRole("button", { name: "Join" }).click();
  await expect(second.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await owner.context().close();
  await second.context().close();
  await stopLatchkey(latchkey);
});

test("[L12] a person with an account signs in to accept, and nobody else can use their invitation", async ({
  browser,
}) => {
  test.slow();
  const latchkey = await startLatchkey();
  const { url } = latchkey.server;
  const owner = await elsewhere(browser, latchkey);
  await signIn(owner, url, "OWNER");
  await owner.goto(membersPath);
  await owner.getByRole("button", { name: `Remove ${people.MEMBER.name}` }).click();
  const removal = owner.getByRole("dialog", { name: "Remove member" });
  await expect(removal.getByText("No live key ends.")).toBeVisible();
  await removal.getByRole("button", { name: "Remove" }).click();
  await expect(removal).toBeHidden();
  const link = await invite(owner, people.MEMBER.email);

  // The owner opens the link, which is for somebody else.
  await owner.goto(link);
  await expect(
    owner.getByText(`You are signed in as ${people.OWNER.email}, but this invitation is for`),
  ).toBeVisible();
  await owner.getByRole("button", { name: "Sign out" }).click();
  await expect(owner.getByLabel("Password")).toBeVisible();

  const mia = await elsewhere(browser, latchkey);
  await mia.goto(link);
  await mia.getByLabel("Email").fill(people.MEMBER.email);
  await mia.getByLabel("Password").fill(people.MEMBER.password);
  await mia.getByRole("button", { name: "Sign in" }).click();
  await mia.getByRole("button", { name: "Join" }).click();
  await expect(mia.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await mia.goto(membersPath);
  await expect(memberRow(mia, people.MEMBER.email)).toContainText("Member");
  await owner.context().close();
  await mia.context().close();
  await stopLatchkey(latchkey);
});
