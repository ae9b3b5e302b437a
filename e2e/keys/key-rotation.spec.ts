import type { Page } from "@playwright/test";
import { database } from "@/lib/db/client";
import { rollKey } from "@/lib/services/keys/roll-key";
import { keysPath } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import type { MadePeople } from "../support/browser/people";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { ownerContext } from "../support/data/owner-context";
import { createTestKey } from "../support/data/test-key";
import { value } from "../support/data/test-organization";
import { deferred } from "../support/timing/deferred";

const hour = 60 * 60 * 1000;
let latchkey: Latchkey;

/** A key in its grace period whose previous secret two clients still use, and an over-privileged key. */
async function seed(made: MadePeople): Promise<void> {
  const { organizationId: id, userIds } = made;
  const rolling = await createTestKey({ id, userIds }, { name: "Billing production", accessLevel: "ADMIN" });
  const owner = await ownerContext(made, new Date(Date.now() - 3 * hour));
  value(await rollKey(owner, { keyId: rolling.id, graceSeconds: 12 * 3600, version: 1 }));
  const secrets = await database().apiKeySecret.findMany({ where: { keyId: rolling.id } });
  const calls = (version: number, hoursAgo: number, address: string, accepted: number, client: string) => ({
    ...{ organizationId: id, keyId: rolling.id, isRest: false, refused: 0, address, client, accepted },
    secretId: secrets.find((secret) => secret.version === version)?.id ?? "",
    hour: new Date(Math.floor((Date.now() - hoursAgo * hour) / hour) * hour),
    lastAt: new Date(Date.now() - hoursAgo * hour),
  });
  const before = [10, 9, 8, 7, 6, 5, 4].map((ago) =>
    calls(1, ago, "10.4.12.31", 900 + 90 * (10 - ago), "payouts/2"),
  );
  await database().apiKeyCallerHour.createMany({
    data: [
      ...before,
      ...[2, 1, 0].map((ago) => calls(2, ago, "10.4.12.40", 1_800 - 100 * ago, "payouts/3")),
      calls(1, 1, "10.4.12.31", 42, "payouts-worker/2.8 node/22.11"),
      calls(1, 0, "10.4.12.31", 42, "payouts-worker/2.8 node/22.11"),
      calls(1, 0, "10.4.12.88", 2, "reconcile-cron Go-http-client/2.0"),
    ],
  });
  const wide = await createTestKey({ id, userIds }, { name: "Holds much", accessLevel: "ADMIN" });
  await database().apiKey.update({ where: { id: wide.id }, data: { lastUsedAt: new Date() } });
  const thisHour = new Date(Math.floor(Date.now() / hour) * hour);
  await database().apiKeyUsageHour.createMany({
    data: (
      [
        ["VALID", 1_200],
        ["RATE_LIMITED", 30],
      ] as const
    ).map(([outcome, counted]) => ({
      ...{ organizationId: id, keyId: wide.id, hour: thisHour, outcome, calls: counted },
    })),
  });
  await database().apiKeyPermissionDay.create({
    data: {
      ...{ organizationId: id, keyId: wide.id, permission: "keys:verify", calls: 2_100_000 },
      day: new Date(Math.floor(Date.now() / (24 * hour)) * 24 * hour),
    },
  });
}

test.beforeAll(async () => {
  latchkey = await startLatchkey(seed);
});
test.afterAll(() => stopLatchkey(latchkey));

async function openSheet(page: Page, name: string) {
  await signIn(page, latchkey.server.url, "OWNER");
  await page.goto(`${latchkey.server.url}${keysPath}?search=${encodeURIComponent(name)}`);
  await page.getByRole("button", { name, exact: true }).click();
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await expect(sheet.getByRole("heading", { name: "Calls" })).toBeVisible();
  return sheet;
}

test("[L3] a roll shows both secrets, the time left and who still uses the previous one, and can be ended", async ({
  page,
}) => {
  test.slow();
  const sheet = await openSheet(page, "Billing production");
  const rotation = sheet.getByRole("region", { name: "Rotation" });
  await expect(rotation).toContainText(/^Rotation(8 h 59|9 h).* left/);
  await expect(rotation.getByRole("progressbar", { name: "Grace period used" })).toHaveAttribute(
    "aria-valuenow",
    "25",
  );
  await expect(rotation.getByRole("img", { name: /^Current secret: [\d,]+ calls last hour/ })).toBeVisible();
  await expect(rotation.getByRole("img", { name: /^Previous secret: \d+ calls last hour/ })).toBeVisible();
  const callers = rotation
    .getByRole("list", { name: "Still using the previous secret" })
    .getByRole("listitem");
  await expect(callers).toHaveText([/10\.4\.12\.31payouts-worker.*calls\/h/, /10\.4\.12\.88reconcile-cron/]);
  await expect(rotation).toContainText(/Ending it now refuses about \d+ calls an hour from 2 clients\./);
  await expectAccessible(page, "a rotation");
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await expectAccessible(page, "a rotation on a phone");
  await page.setViewportSize({ width: 1440, height: 900 });
  await rotation.getByRole("button", { name: "End grace now" }).click();
  const dialog = page.getByRole("dialog", { name: "End grace" });
  const cutOff = dialog.getByRole("list", { name: "Still using the previous secret" });
  await expect(cutOff).toContainText("10.4.12.88");
  await expect(cutOff, "has the new secret").not.toContainText("10.4.12.40");
  await expect(dialog).toContainText("calls");
  await expectAccessible(page, "end grace now");
  await dialog.getByRole("button", { name: "End grace now" }).click();
  await expect(dialog).toBeHidden();
  await expect(rotation).toBeHidden();
  // The button that had the focus is gone, so the sheet gets it.
  await expect(sheet).toBeFocused();
  await sheet.getByRole("tab", { name: "Activity" }).click();
  const entries = sheet.getByRole("tabpanel").getByRole("listitem");
  await expect(entries.first()).toContainText("Olivia Owner ended the grace period of the previous secret");
  await expect(entries.nth(1)).toContainText("Olivia Owner rolled the secret, with 12 hours of grace");
  await expect(entries.nth(1)).toContainText("198.51.100.24");
  const day = sheet.getByLabel("What it could do on");
  const nothing = sheet.getByText("Nothing: the audit log does not have the key by then.");
  await day.fill("2001-01-01");
  await expect(nothing).toBeVisible();
  const held = deferred();
  await page.route("**/*", async (route) => {
    if (route.request().method() === "POST") await held.promise;
    await route.fallback();
  });
  await day.fill("2001-01-02");
  await expect(nothing, "is said of another day").toBeHidden();
  held.resolve();
  await expect(nothing).toBeVisible();
  await expectAccessible(page, "activity");
});

test("[L4] [L9] an over-privileged key shows the use of each permission and can be narrowed", async ({
  page,
}) => {
  test.slow();
  const sheet = await openSheet(page, "Holds much");
  const findings = sheet.getByRole("list", { name: "Findings" }).getByRole("listitem");
  await expect(findings.first()).toContainText(/Over-privileged: holds \d+ permissions, used 1 in 90 days/);
  await expect(findings.nth(1)).toContainText("Never expires");
  await expectAccessible(page, "findings");
  await sheet.getByRole("tab", { name: "Permissions" }).click();
  await sheet.getByRole("searchbox", { name: "Filter permissions" }).fill("keys:");
  const lines = sheet.getByRole("list", { name: "Permissions on keys" }).getByRole("listitem");
  await expect(lines.filter({ hasText: "keys:verify" })).toContainText("2.1M calls in 90 days");
  await expect(lines.filter({ hasText: "keys:read" })).toContainText("Not used");
  await expectAccessible(page, "permissions");
  await sheet.getByRole("tab", { name: "Overview" }).click();
  await findings.first().getByRole("button", { name: "Narrow" }).click();
  const narrow = page.getByRole("dialog", { name: "Narrow key" });
  const roles = narrow.getByRole("combobox", { name: "Roles" });
  await expect(roles).toBeFocused();
  await expect(roles).toHaveAccessibleDescription(/^Suggested: the narrowest roles that keep all of them\./);
  await expect(narrow.getByRole("list", { name: "Used permissions" })).toHaveText("keys:verify");
  await expect(narrow.getByRole("button", { name: "Remove role key_verifier" })).toBeVisible();
  await expect(narrow).toContainText(/It loses \d+ permissions and keeps 1/);
  await expect(narrow).toContainText("No call of the last 90 days needed what it loses.");
  await expectAccessible(page, "narrow");
  await narrow.getByRole("button", { name: "Save" }).click();
  await expect(narrow).toBeHidden();
  await expect(findings.first()).toContainText("Never expires");
  await expect(sheet).toBeFocused();
});

test("the calls are a chart that the arrow keys read, and a table", async ({ page }) => {
  const sheet = await openSheet(page, "Holds much");
  const chart = sheet.getByRole("img", { name: "Calls in the last 24 hours: 1,200 accepted and 30 refused" });
  await chart.focus();
  await page.keyboard.press("End");
  await expect(
    sheet.getByText(/^[A-Z][a-z]{2}, [A-Z][a-z]{2} \d+, .* to .*: 1,200 accepted, 30 refused$/),
  ).toBeAttached();
  await page.keyboard.press("ArrowLeft");
  await expect(sheet.getByText(/: 0 accepted, 0 refused$/)).toBeAttached();
  await expectAccessible(page, "a chart with its tooltip");

  await sheet.getByRole("radio", { name: "90 d" }).check();
  await expect(sheet.getByRole("img", { name: /^Calls in the last 90 days: 1,200 accepted/ })).toBeVisible();
  await sheet.getByRole("button", { name: "Show as table" }).click();
  const rows = sheet.getByRole("table", { name: "Calls in the last 90 days" }).getByRole("row");
  await expect(rows).toHaveCount(91);
  await expect(rows.nth(1)).toHaveText(/1,20030$/);
  await expectAccessible(page, "a chart as a table");
  await sheet.getByRole("button", { name: "Show as chart" }).click();
  await expect(rows).toHaveCount(0);
});
