import type { Page } from "@playwright/test";
import { database, inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { insertKey } from "@/lib/services/keys/insert-key";
import { confirmEnd, memberRow, membersPath, transferOne } from "../support/browser/members-page";
import { type MadePeople, people } from "../support/browser/people";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";

const total = 2000;
const dayMs = 86_400_000;

let latchkey: Latchkey;
let page: Page;
test.beforeAll(async ({ browser }) => {
  test.slow();
  latchkey = await startLatchkey(manyKeys);
  page = await (await browser.newContext({ baseURL: latchkey.server.url })).newPage();
  await signIn(page, latchkey.server.url, "OWNER");
});
test.afterAll(async () => {
  await page.context().close();
  await stopLatchkey(latchkey);
});

/** Adam's keys from "Key 0000" on: 38 were used today, the next 212 this quarter, and the rest never. */
async function manyKeys({ organizationId, userIds }: MadePeople): Promise<void> {
  const now = Date.now();
  const make = (index: number) => ({
    organizationId: organizationId as OrganizationId,
    creatorId: userIds.ADMIN,
    name: `Key ${String(index).padStart(4, "0")}`,
    description: "",
    type: "secret" as const,
    accessLevel: "MEMBER" as const,
    namespace: { type: "organization" as const, id: organizationId },
    roles: ["read_only"],
    createdAt: new Date(now - 100 * dayMs),
    expiresAt: null,
  });
  for (let first = 0; first < total; first += 50) {
    await inTransaction(async (transaction) => {
      for (let index = first; index < first + 50; index++) await insertKey(transaction, make(index));
    });
  }
  const ended = { ...make(0), name: "Long gone", expiresAt: new Date(now - dayMs) };
  await inTransaction((transaction) => insertKey(transaction, ended));
  const where = { organizationId, creatorId: userIds.ADMIN };
  const used = (daysAgo: number) => ({ lastUsedAt: new Date(now - daysAgo * dayMs) });
  await database().apiKey.updateMany({ where: { ...where, name: { lt: "Key 0250" } }, data: used(40) });
  await database().apiKey.updateMany({ where: { ...where, name: { lt: "Key 0038" } }, data: used(0.1) });
  await database().apiKey.updateMany({
    where: { ...where, name: { gte: "Key 1998", lt: "L" } },
    data: { pausedAt: new Date(now), pausedById: userIds.ADMIN },
  });
}

test("[L2] [L5] a removal with 2,000 keys shows three numbers and the 20 most used, in under 2,000 nodes", async () => {
  await page.goto(membersPath);
  const removal = page.getByRole("dialog", { name: "Remove member" });
  await page.getByRole("button", { name: `Remove ${people.ADMIN.name}` }).click();
  await expect(removal).toContainText("2,000 live keys, 2 paused;");
  await expect(removal).toContainText(
    "1 key that has expired becomes revoked too, and cannot be transferred.",
  );
  const use = removal.getByLabel("How the keys are used");
  await expect(use.getByRole("definition")).toHaveText(["38", "212", "1,750"]);
  await expect(removal.getByRole("list", { name: "20 most used" }).getByRole("listitem")).toHaveCount(20);
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(2000);

  await removal.getByRole("button", { name: "Show all 2,000" }).click();
  await expect(removal.getByRole("list", { name: "2,000 keys" }).getByRole("listitem")).toHaveCount(50);
  await removal.getByRole("button", { name: "Next keys" }).click();
  await expect(removal).toContainText("51–100 of 2,000");
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(2000);
  await removal.getByRole("button", { name: "Cancel" }).click();
});

test("[L5] keys in use are transferred by default, exceptions are made by key, and revoking the rest needs a typed number", async () => {
  await page.goto(membersPath);
  await page.getByRole("button", { name: `Remove ${people.ADMIN.name}` }).click();
  const removal = page.getByRole("dialog", { name: "Remove member" });
  const rule = removal.getByRole("radio", { name: "Transfer the keys in use, revoke the rest" });
  await expect(rule).toBeChecked();
  await expect(rule).toHaveAccessibleDescription(
    /^250 keys used in the last 90 days move and keep working. 1,750 are revoked./,
  );
  await expect(removal.getByLabel("Transfer to")).toHaveText(people.OWNER.name);
  await removal.getByRole("button", { name: ": what becomes of Key 0000" }).click();
  await page.getByRole("menuitemradio", { name: "Revoke" }).click();
  await removal.getByRole("button", { name: "Show all 2,000" }).click();
  for (let turns = 0; turns < 5; turns++) await removal.getByRole("button", { name: "Next keys" }).click();
  await transferOne(page, removal, "Key 0250", people.OWNER.name);
  const sure = removal.getByLabel("Type 1750, the number of keys revoked, to confirm");
  await sure.fill("2000");
  await expect(removal.getByRole("button", { name: "Remove", exact: true })).toBeDisabled();
  await confirmEnd(removal, "Remove");
  await expect(removal).toBeHidden();
  // The result stays on screen until it is dismissed, with links to the keys.
  const told = page.getByRole("dialog", { name: `${people.ADMIN.name} was removed` });
  await expect(told).toContainText(`250 keys belong to ${people.OWNER.name} now`);
  await expect(told).toContainText("1,751 keys were revoked");
  await expect(told).toContainText("Roll them, the most used first.");
  await told.getByRole("link", { name: `Revoked keys of ${people.ADMIN.name}` }).click();
  await expect(page.getByRole("button", { name: /^Remove filter: Creator is Adam Admin/ })).toBeVisible();
  await expect(page).toHaveURL(/status=revoked/);
  // With so many keys, the rows are updated after the removal.
  const revoked = async (name: string) => {
    await page.goto(`/acme/settings/api-keys?search=${name.replace(" ", "+")}&status=revoked`);
    await expect(page.getByRole("button", { name: `Actions for ${name}` })).toBeVisible({ timeout: 2_000 });
  };
  await expect(() => revoked("Long gone")).toPass();
  await page.goto(membersPath);
  await expect(memberRow(page, people.ADMIN.email)).toHaveCount(0);
  await expect(() => revoked("Key 0000")).toPass();
  for (const name of ["Key 0001", "Key 0249", "Key 0250"]) {
    await page.goto(`/acme/settings/api-keys?search=${name.replace(" ", "+")}`);
    await expect(page.getByRole("button", { name: `Actions for ${name}` })).toBeVisible();
  }
});
