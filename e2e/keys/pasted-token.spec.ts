import type { Page } from "@playwright/test";
import { database } from "@/lib/db/client";
import { endKey, generateKey, keysPath, shownNames } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { foreignToken, importTestKeys } from "../support/data/import-test-keys";
import { createTestKey, endTestKey, type TestKey } from "../support/data/test-key";

const note = (page: Page) => page.getByRole("status").filter({ hasText: "belongs to" });

const hourMs = 3_600_000;

/** Four days of calls by one client, and in the last two hours many more by another. */
async function seedCalls(organizationId: string, keyId: string): Promise<void> {
  const { id: secretId } = await database().apiKeySecret.findFirstOrThrow({ where: { keyId } });
  const now = Math.floor(Date.now() / hourMs) * hourMs;
  const hours = Array.from({ length: 96 }, (_, back) => new Date(now - back * hourMs));
  const of = { organizationId, keyId };
  const by = (address: string, client: string, accepted: number, called: readonly Date[]) =>
    called.map((hour) => ({
      ...{ ...of, secretId, hour, lastAt: hour, isRest: false, address, client, accepted, refused: 0 },
    }));
  await database().apiKeyUsageHour.createMany({
    data: hours.map((hour, back) => ({ ...of, hour, outcome: "VALID", calls: back < 2 ? 1000 : 100 })),
  });
  await database().apiKeyCallerHour.createMany({
    data: [
      ...by("10.4.18.9", "portal/4", 100, hours),
      ...by("203.0.113.77", "python-requests/2", 900, hours.slice(0, 2)),
    ],
  });
}

test("[L2] in an incident on a phone a pasted token leads to its key, and two presses stop it", async ({
  browser,
}) => {
  test.slow();
  const made: TestKey[] = [];
  const latchkey = await startLatchkey(async ({ organizationId: id, userIds }) => {
    const ended = await createTestKey({ id, userIds }, { name: "Old mobile gateway" });
    await endTestKey(ended, { revokedAt: new Date("2026-09-01T12:00:00Z") });
    made.push(ended, await createTestKey({ id, userIds }, { name: "Customer portal" }));
    await seedCalls(id, made[1]?.id ?? "");
    made.push(...(await importTestKeys({ id, userIds }, [foreignToken()], { name: "Moved in" })));
  });
  const [ended, live, imported] = made;
  if (ended === undefined || live === undefined || imported === undefined) throw new Error("Made three keys");
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await signIn(page, latchkey.server.url, "OWNER");
  await page.goto(latchkey.server.url + keysPath);
  const search = page.getByRole("searchbox", { name: "Search API keys" });
  await expect(async () => {
    await search.fill(ended.token);
    await expect(note(page)).toContainText("It was revoked on Sep 1, 2026.", { timeout: 5_000 });
  }).toPass();
  await expect(note(page)).toContainText("That token belongs to Old mobile gateway.");
  expect(page.url()).not.toContain(ended.token.slice(-38));

  await search.fill(imported.token);
  await expect(note(page)).toContainText("That token belongs to Moved in. It works right now.");
  await expect(search).toHaveValue(`key_${imported.id}`);
  await search.fill(live.token.slice(3));
  await expect(note(page)).toContainText("That token belongs to Customer portal. The key works right now.");
  await search.fill(live.token);
  await expect(note(page)).toContainText("That token belongs to Customer portal. It works right now.");
  await page.getByRole("button", { name: "Open its details" }).click();
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await expect(sheet).toContainText("This is the key of the token you pasted");
  await expect(sheet).toContainText("The current secret. It works right now.");
  await expect(sheet.getByText(/^\d+ times its usual rate$/)).toBeVisible();
  const callers = sheet.getByRole("list", { name: "Called in the last 24 hours from" }).getByRole("listitem");
  await expect(callers.filter({ hasText: "10.4.18.9" })).not.toContainText("new since");
  await expect(callers.filter({ hasText: "203.0.113.77" })).toContainText(
    /python-requests\/2 · new since \d{1,2}:\d\d/,
  );
  await expect(sheet.getByRole("link", { name: "Write to Olivia Owner" })).toHaveAttribute(
    "href",
    /\?subject=API%20key%20Customer%20portal%20\(key_\w{16}\)$/,
  );
  await expect(sheet.getByRole("button", { name: "Roll", exact: true })).toBeHidden();
  const [pause, revoke] = ["Pause", "Revoke"].map((name) => sheet.getByRole("button", { name, exact: true }));
  const widths = await Promise.all([pause?.boundingBox(), revoke?.boundingBox()]);
  expect(Math.abs((widths[0]?.width ?? 0) - (widths[1]?.width ?? 9))).toBeLessThan(3);
  await expectAccessible(page, "a key found by its token, on a phone");
  await pause?.click();
  const dialog = page.getByRole("dialog", { name: "Pause key" });
  await dialog.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(sheet).toContainText("It is paused, so calls with it are refused.");
  await expect(sheet).not.toContainText("It works right now.");
  await context.close();
  await stopLatchkey(latchkey);
});

test("[L2] the note on a pasted token follows each change of its key, even if the key leaves the list", async ({
  ownOrganization,
}) => {
  test.slow();
  const { page, keysPath: path } = await ownOrganization();
  await page.goto(path);
  const { name, token } = await generateKey(page, { name: "Leaky courier" });
  await expect(async () => {
    await page.getByRole("searchbox", { name: "Search API keys" }).fill(token);
    await expect(note(page)).toContainText("It works right now.", { timeout: 5_000 });
  }).toPass();
  await page.getByRole("button", { name: "Open its details" }).click();
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  for (const [verb, state] of [
    ["Pause", "It is paused, so calls with it are refused."],
    ["Resume", "It works right now."],
    ["Revoke", /It was revoked on/],
  ] as const) {
    await sheet.getByRole("button", { name: verb, exact: true }).click();
    const dialog = page.getByRole("dialog", { name: `${verb} key` });
    await dialog.getByRole("button", { name: verb, exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(sheet).toContainText(state);
    await expect(page.getByText(/^That token belongs to/)).toContainText(state);
  }
  await page.keyboard.press("Escape");
  await expect(page.getByText("Only active keys are searched.")).toBeVisible();
  await expect(note(page)).not.toContainText("It works right now.");
  await page.getByRole("button", { name: "Search all keys" }).click();
  await endKey(page, name, "Delete");
  await expect(note(page)).toContainText("The key was deleted, so calls with it are refused.");
  await expect(page.getByRole("button", { name: "Open its details" })).toBeHidden();
});

test("[Y3] a token cut off inside its key ID is recognized, also with the organization's own prefix", async ({
  page,
}) => {
  const latchkey = await startLatchkey(async ({ organizationId: id }) => {
    await database().tokenPrefix.create({
      data: { prefix: "acme", organizationId: id, takenAt: new Date() },
    });
    await database().organization.update({ where: { id }, data: { tokenPrefix: "acme" } });
  });
  await signIn(page, latchkey.server.url, "OWNER");
  await page.goto(latchkey.server.url + keysPath);
  const { token, id } = await generateKey(page, { name: "Cut courier" });
  const start = "acme_sk_";
  expect(token.startsWith(start)).toBe(true);
  const search = page.getByRole("searchbox", { name: "Search API keys" });
  const told = page.getByRole("status").filter({ hasText: "That looks like part of a token." });
  await expect(async () => {
    await search.fill(`${start}${id.slice(4, 16)}`);
    await expect(told).toContainText(`the 16 characters after ${start} tell which key it is of`, {
      timeout: 5_000,
    });
  }).toPass();
  await expect(search).toHaveValue(id.slice(0, 16));
  await expect.poll(() => shownNames(page)).toEqual(["Cut courier"]);
  await search.fill("lk_sk_ab");
  await expect(search).toHaveValue("");
  await expect(told).toBeVisible();
  await search.fill("Cut");
  await expect(told).toBeHidden();
  // The end of a token does not identify a key.
  await search.fill(token.slice(-40));
  const secret = page.getByRole("status").filter({ hasText: "That looks like a secret" });
  await expect(secret).toContainText(`look for its start, such as ${start}…`);
  expect(page.url()).not.toContain(token.slice(-40));
  await stopLatchkey(latchkey);
});
