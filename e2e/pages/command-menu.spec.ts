import type { Page } from "@playwright/test";
import { generateKey, keysPath } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { membersPath } from "../support/browser/members-page";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { createTestKey, endTestKey } from "../support/data/test-key";

const menuOf = (page: Page) => page.getByRole("dialog", { name: "Command menu" });
const boxOf = (page: Page) => page.getByRole("combobox", { name: "Search or jump to" });

/** Retries, since a key press before hydration opens nothing. */
async function openMenu(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(boxOf(page)).toBeFocused({ timeout: 2_000 });
  }).toPass();
}

test("Ctrl+K reaches pages, people and actions, and gives the focus back", async ({ signedInAs }) => {
  test.slow();
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  await openMenu(page);
  await expectAccessible(page, "command menu");
  await boxOf(page).fill("memb");
  await page.getByRole("option", { name: "Members", exact: true }).click();
  await expect(page).toHaveURL(membersPath);
  await expect(menuOf(page)).toBeHidden();

  const search = page.getByRole("button", { name: "Search or jump to" });
  await search.click();
  await page.keyboard.press("Escape");
  await expect(search).toBeFocused();
  await search.click();
  await boxOf(page).fill("adam@");
  await page.getByRole("option", { name: "Adam Admin" }).click();
  await expect(page).toHaveURL(`${membersPath}?search=adam%40example.com`);

  await openMenu(page);
  await boxOf(page).fill("roles");
  await expect(page.getByRole("option").first()).toHaveText(/^Roles/);
  await boxOf(page).fill("generate");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Generate New Key" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(menuOf(page), "never over a dialog").toHaveCount(0);
});

test("[B2] offers only what this person may see and do", async ({ signedInAs }) => {
  const owner = await signedInAs("OWNER");
  await owner.goto(keysPath);
  const { name, id } = await generateKey(owner, { name: "Unseen by members" });
  const page = await signedInAs("MEMBER");
  await page.goto("/acme/settings/general");
  await openMenu(page);
  const options = page.getByRole("option");
  await expect(options.filter({ hasText: "Members" })).toHaveCount(1);
  for (const absent of ["Generate New Key", "Invite member", "Create role", "API keys", "Roles"]) {
    await expect(page.getByRole("option", { name: absent, exact: true })).toHaveCount(0);
  }
  for (const text of [name, id]) {
    await boxOf(page).fill(text);
    await expect(menuOf(page).getByText("Nothing found")).toBeVisible();
  }
});

test("[L2] a pasted token leads to its key, whatever its state, and is not stored", async ({ browser }) => {
  test.slow();
  const made: { token: string; id: string }[] = [];
  const latchkey = await startLatchkey(async ({ organizationId: id, userIds }) => {
    const ended = await createTestKey({ id, userIds }, { name: "Old mobile gateway" });
    await endTestKey(ended, { revokedAt: new Date("2026-09-01T12:00:00Z") });
    made.push(ended, await createTestKey({ id, userIds }, { name: "Customer portal" }));
  });
  const [ended, live] = made;
  if (ended === undefined || live === undefined) throw new Error("There are two keys");
  const page = await (await browser.newContext()).newPage();
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(`${request.url()} ${request.headers().referer ?? ""}`));
  await signIn(page, latchkey.server.url, "OWNER");
  await page.goto(latchkey.server.url + keysPath);
  await openMenu(page);
  await boxOf(page).fill(`Bearer ${live.token}`);
  await expect(boxOf(page)).toHaveValue(`Bearer key_${live.id}`);
  await expect(menuOf(page)).toContainText("That token belongs to Customer portal. It works right now.");
  await boxOf(page).fill(ended.token);
  await expect(menuOf(page)).toContainText(
    "That token belongs to Old mobile gateway. It was revoked on Sep 1, 2026.",
  );
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await expect(sheet).toContainText("Old mobile gateway");
  await expect(page).toHaveURL(new RegExp(`status=all&key=${ended.id}$`));

  const secret = ended.token.slice(-38);
  expect(addresses.filter((address) => address.includes(secret))).toEqual([]);
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
  );
  expect(kept).not.toContain(secret);
  await page.context().close();
  await stopLatchkey(latchkey);
});

test("shortcuts open pages and dialogs, do nothing in fields, and can be turned off", async ({
  signedInAs,
}) => {
  test.slow();
  const page = await signedInAs("OWNER");
  await page.goto(membersPath);
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expectAccessible(page, "keyboard shortcuts");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search members" })).toBeFocused();
  await page.keyboard.type("g k");
  await expect(page.getByRole("searchbox", { name: "Search members" })).toHaveValue("g k");
  await page.getByRole("heading", { name: "Members", level: 1 }).click();
  await page.keyboard.press("g");
  await page.keyboard.press("k");
  await expect(page).toHaveURL(keysPath);
  await expect(page.getByRole("button", { name: "Generate New Key" })).toBeVisible();
  await page.keyboard.press("c");
  await expect(page.getByRole("dialog", { name: "Generate New Key" })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.keyboard.press("?");
  await dialog.getByRole("checkbox", { name: "Single-key shortcuts" }).uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("button", { name: "Generate New Key" })).toBeVisible();
  await page.keyboard.press("c");
  await page.keyboard.press("?");
  await openMenu(page);
  await expect(page.getByRole("dialog", { name: /Keyboard|Generate/ })).toHaveCount(0);
  await boxOf(page).fill("keyboard");
  await page.keyboard.press("Enter");
  await dialog.getByRole("checkbox", { name: "Single-key shortcuts" }).check();
});
