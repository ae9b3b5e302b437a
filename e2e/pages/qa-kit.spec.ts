import { presentKey } from "../support/api/api";
import { generateKey, keyRow, searchKeys } from "../support/browser/api-keys-page";
import { goOffline, slowDown } from "../support/browser/network-faults";
import { unusedName } from "../support/browser/own-organization";
import { expect, test } from "../support/browser/test";

// The examples of docs/qa.md, word for word.

const dayMs = 86_400_000;

test("a key is generated and found", { tag: "@deployed" }, async ({ ownOrganization }) => {
  const { page, keysPath } = await ownOrganization();
  await page.goto(keysPath);
  const { name } = await generateKey(page, { name: unusedName("Billing") });
  await searchKeys(page, name);
  await expect(keyRow(page, name)).toContainText("Active");
  await expect(page.getByRole("button", { name: /^Actions for / })).toHaveCount(1);
});

for (const level of ["OWNER", "ADMIN", "MEMBER"] as const) {
  test(`a person is signed in as ${level}`, { tag: "@deployed" }, async ({ signedInAs }) => {
    const page = await signedInAs(level);
    await page.goto("/account/profile");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("button", { name: "Account menu" })).toBeVisible();
  });
}

test("a slow network delays a page, and an offline one keeps it", { tag: "@deployed" }, async ({
  ownOrganization,
}) => {
  const { page, keysPath, rolesPath } = await ownOrganization();
  const started = Date.now();
  const fast = await slowDown(page, 1_500);
  await page.goto(keysPath);
  await fast();
  expect(Date.now() - started).toBeGreaterThan(1_500);
  await expect(keyRow(page, "Default API Key")).toBeVisible();

  const online = await goOffline(page);
  await expect(page.goto(rolesPath)).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/);
  await online();
  await page.goto(rolesPath);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("a key expires when the server's clock passes its end", async ({
  ownOrganization,
  moveClock,
  latchkey,
}) => {
  const { page, keysPath } = await ownOrganization();
  await page.goto(keysPath);
  const { token } = await generateKey(page, { name: "Short", choices: { expiration: "7 days" } });
  await moveClock(6 * dayMs);
  expect(await presentKey(latchkey.server.url, token)).toBe("200");
  await moveClock(8 * dayMs);
  expect(await presentKey(latchkey.server.url, token)).toBe("401 key_expired");
});
