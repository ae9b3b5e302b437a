import { database } from "@/lib/db/client";
import { keysPath, shownNames } from "../../support/browser/api-keys-page";
import { expectAccessible } from "../../support/browser/expect-accessible";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "../../support/browser/test";
import { createTestKey } from "../../support/data/test-key";

let latchkey: Latchkey;
const dayMs = 86_400_000;
const now = Date.now();

test.beforeAll(async () => {
  latchkey = await startLatchkey(async ({ organizationId: id, userIds }) => {
    const create = async (name: string, usedDaysAgo: number | null) => {
      const made = await createTestKey(
        { id, userIds },
        { name, accessLevel: "MEMBER", roles: ["read_only"], expiresAt: new Date(now + 100 * dayMs) },
      );
      const lastUsedAt = usedDaysAgo === null ? null : new Date(now - usedDaysAgo * dayMs);
      await database().apiKey.update({ where: { id: made.id }, data: { lastUsedAt } });
    };
    await create("Idle one", 120);
    await create("Idle two", 91);
    await create("Unused", null);
    await create("Busy", 1);
  });
});
test.afterAll(() => stopLatchkey(latchkey));
test.beforeEach(async ({ page }) => {
  await signIn(page, latchkey.server.url, "OWNER");
});

test("[L9] a finding shows its rule by pointer, keyboard and touch, even at zero, and several findings widen the list", async ({
  page,
}) => {
  await page.goto(latchkey.server.url + keysPath);
  const strip = page.getByRole("group", { name: "Hygiene" });
  const chip = (name: string) => strip.getByRole("button", { name });
  const rule = "Used before, but not in the last 90 days.";
  await expect(chip("Idle 90 days")).toHaveAccessibleDescription(rule);
  await expect(async () => {
    await page.getByRole("heading", { level: 1 }).hover();
    await chip("Idle 90 days").hover();
    await expect(page.getByRole("tooltip").filter({ hasText: rule })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.mouse.move(0, 0);
  await chip("Never used").focus();
  await expect(page.getByRole("tooltip").filter({ hasText: "Created more than 7 days ago" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tooltip").filter({ visible: true })).toHaveCount(0);
  // A chip with zero keys does not filter, but still shows its rule.
  await expect(chip("Expiring soon")).toBeDisabled();
  await chip("Expiring soon").click({ force: true });
  await expect(page.getByRole("tooltip").filter({ hasText: "Ends within 14 days" })).toBeVisible();
  await expect(chip("Expiring soon")).toHaveAttribute("aria-pressed", "false");

  await chip("Idle 90 days").click();
  await expect.poll(async () => (await shownNames(page)).sort()).toEqual(["Idle one", "Idle two"]);
  await expect(page.getByText(`Idle 90 days: ${rule}`)).toBeVisible();
  await expect(chip("Never used")).toHaveText("Never used 1");
  await chip("Never used").click();
  await expect.poll(async () => (await shownNames(page)).sort()).toEqual(["Idle one", "Idle two", "Unused"]);
  await expect(page.getByText("Keys with any of these.")).toBeVisible();
  await expect(chip("Idle 90 days")).toHaveText("Idle 90 days 2");
  await expectAccessible(page, "two findings chosen");
  await page.goto(`${latchkey.server.url + keysPath}?search=is:idle+is:never-used+idle`);
  await expect.poll(async () => (await shownNames(page)).sort()).toEqual(["Idle one", "Idle two"]);
});
