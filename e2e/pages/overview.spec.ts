import { database } from "@/lib/db/client";
import { pauseKey } from "@/lib/services/keys/pause-key";
import { presentKey } from "../support/api/api";
import { expectAccessible } from "../support/browser/expect-accessible";
import type { MadePeople } from "../support/browser/people";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { ownerContext } from "../support/data/owner-context";
import { createTestKey } from "../support/data/test-key";

const path = "/acme";
const hourMs = 3_600_000;

/** A day of calls of two keys, as nodes record them. Some calls of one key are refused. */
async function seedCalls(made: MadePeople) {
  const { organizationId, userIds } = made;
  const organization = { id: organizationId, userIds };
  const now = Math.floor(Date.now() / hourMs) * hourMs;
  const hours = Array.from({ length: 24 }, (_, back) => new Date(now - back * hourMs));
  for (const [name, calls] of [["Telemetry ingest", 900] as const, ["Fraud scoring", 30] as const]) {
    const { id: keyId } = await createTestKey(organization, { name, roles: ["read_only"] });
    const rows = hours.map((hour) => ({ organizationId, hour, keyId, calls }));
    if (calls < 100) await pauseKey(await ownerContext(made, hours[2] ?? new Date()), { keyId });
    await database().apiKeyUsageHour.createMany({ data: rows });
    await database().organizationBusyKey.createMany({ data: rows });
  }
  const of = hours.map((hour) => ({ organizationId, hour }));
  await database().organizationUsageHour.createMany({
    data: [
      ...of.map((row) => ({ ...row, outcome: "VALID" as const, calls: 930 })),
      ...of.slice(2, 5).map((row) => ({ ...row, outcome: "RATE_LIMITED" as const, calls: 60 })),
      ...of.slice(2, 3).map((row) => ({ ...row, outcome: "UNKNOWN" as const, calls: 2 })),
    ],
  });
}

test.describe("the Overview", () => {
  test("shows an owner the outcome of the calls, and links to the keys", async ({ browser }) => {
    const latchkey = await startLatchkey(seedCalls);
    const page = await (await browser.newContext({ baseURL: latchkey.server.url })).newPage();
    await signIn(page, latchkey.server.url, "OWNER");
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
    await expect(page).toHaveTitle(/^Overview/);

    const calls = page.getByRole("region", { name: "Calls by outcome" });
    const chart = calls.getByRole("img", { name: "Calls in the last 7 days: 22,320 accepted, 182 refused" });
    // Invisible characters isolate each name.
    await expect(chart.getByText(/Olivia Owner.? paused .?Fraud scoring/)).toBeVisible();
    await chart.focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect(calls.getByText(/Accepted 930, Refused 62, Mostly rate limit/)).toBeAttached();
    await calls.getByRole("button", { name: "Show as table" }).click();
    await expect(calls.getByRole("table").getByRole("row")).toHaveCount(1 + 168);
    await calls.getByRole("button", { name: "Show as chart" }).click();

    const reasons = page.getByRole("table", { name: "Refusals by reason" });
    await expect(reasons.getByRole("row", { name: "Rate limit reached 180" })).toBeVisible();
    await expect(reasons.getByRole("row", { name: "Unknown key 2" })).toBeVisible();

    await page.getByRole("radiogroup", { name: "Period" }).getByText("24 hours").click();
    await expect(page).toHaveURL(/\?period=24h$/);
    await expect(calls.getByRole("img", { name: /^Calls in the last 24 hours/ })).toBeVisible();
    await page.goBack();
    await expect(chart).toBeVisible();
    for (const [width, height] of [[1440, 900] as const, [390, 844] as const, [320, 640] as const]) {
      await page.setViewportSize({ width, height });
      await expectAccessible(page, `overview, ${width}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    }

    await page.setViewportSize({ width: 1440, height: 900 });
    const busiest = page.getByRole("table", { name: "Busiest keys" });
    await expect(busiest.getByRole("rowheader").first()).toHaveText("Telemetry ingest");
    await busiest.getByRole("link", { name: "Fraud scoring" }).click();
    await expect(page.getByRole("dialog", { name: "API Key Details" })).toBeVisible();
    await page.context().close();
    await stopLatchkey(latchkey);
  });

  test("guides a new organization to its first call, and shows it when it arrives", async ({ browser }) => {
    let token = "";
    const latchkey = await startLatchkey(async ({ organizationId: id, userIds }) => {
      ({ token } = await createTestKey({ id, userIds }, { name: "First" }));
    });
    const page = await (await browser.newContext({ baseURL: latchkey.server.url })).newPage();
    await signIn(page, latchkey.server.url, "OWNER");
    await page.goto(path);
    const steps = page.getByRole("region", { name: "First steps" });
    await expect(steps.getByText("2 of 4")).toBeVisible();
    await expectAccessible(page, "first steps");
    await expect(steps.getByText("Waiting for a call")).toBeVisible();
    await presentKey(latchkey.server.url, token);
    await expect(steps).toBeHidden({ timeout: 20_000 });
    await expect(page.getByRole("img", { name: /1 accepted, 0 refused/ })).toBeVisible();
    await page.context().close();
    await stopLatchkey(latchkey);
  });

  test("tells members what they can do, but not how keys are used", async ({ signedInAs }) => {
    const page = await signedInAs("MEMBER");
    await page.goto("/");
    await expect(page).toHaveURL(new RegExp(`${path}$`));
    const todo = page.getByRole("region", { name: "What you can do" });
    await expect(todo).toContainText("Only owners generate keys in this organization. Owner: Olivia Owner");
    await expect(page.getByRole("region", { name: "First steps" })).toHaveCount(0);
    await expect(page.getByRole("main").getByRole("img")).toHaveCount(0);
    await expectAccessible(page, "a member's overview");
    await todo.getByRole("link", { name: "Open Members" }).click();
    await expect(page.getByRole("heading", { name: "Members", level: 1 })).toBeVisible();
  });
});
