import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/browser/expect-accessible";
import { people } from "../support/browser/people";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";

const dayMs = 24 * 60 * 60 * 1000;
const general = "/acme/settings/general";
const card = (page: Page) => page.getByRole("region", { name: "Audit log retention" });

async function openDialog(page: Page) {
  await card(page).getByRole("button", { name: "Change" }).click();
  return page.getByRole("dialog", { name: "Audit log retention" });
}

test("[L7] an owner shortens the audit log's retention, sees what will be removed, and reverts it", async ({
  browser,
}) => {
  test.slow();
  // A separate server, because the test moves its clock.
  const latchkey = await startLatchkey();
  const { server } = latchkey;
  const baseURL = server.url;
  const page = await (await browser.newContext({ baseURL })).newPage();
  await signIn(page, baseURL, "OWNER");
  await page.goto(general);
  await expect(card(page)).toContainText("All entries are kept.");
  const dialog = await openDialog(page);
  await dialog.getByRole("radio", { name: "For a number of days" }).click();
  const days = dialog.getByLabel("Days", { exact: true });
  await days.fill("29");
  await expect(days).toHaveAccessibleDescription(/30 to 3,650 days/);
  await expect(dialog.getByRole("button", { name: "Save" })).toHaveAccessibleDescription(/30 to 3,650 days/);
  await days.fill("60");
  await expect(dialog).toContainText("No entry is older than that now");
  await expectAccessible(page, "audit log retention");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Audit log retention saved")).toBeVisible();
  await expect(card(page)).toContainText("Entries are kept for 60 days.");
  await expect(card(page)).toContainText(/This takes effect on .*No entry is old enough to be removed then/);
  await expectAccessible(page, "general settings with a limit");

  // Later, so that a shorter time removes entries and the session is no longer fresh.
  await server.shiftClock(40 * dayMs);
  await signIn(page, baseURL, "OWNER");
  await server.shiftClock(40 * dayMs + 6 * 60_000);
  await page.goto(general);
  const shorter = await openDialog(page);
  await shorter.getByLabel("Days", { exact: true }).fill("30");
  await expect(shorter.getByText("Takes effect in 7 days")).toBeVisible();
  await expect(shorter).toContainText(/entr(y|ies) from before .* will then be removed for good/);
  await expectAccessible(page, "audit log retention that ends entries");
  await shorter.getByRole("button", { name: "Save" }).click();
  await shorter.getByLabel("Password").fill(people.OWNER.password);
  await shorter.getByRole("button", { name: "Save" }).click();
  await expect(card(page)).toContainText("Entries are kept for 30 days.");
  await expect(card(page)).toContainText(/entr(y|ies) from before .* will then be removed for good/);
  await expectAccessible(page, "general settings with a shorter limit to come");
  // It can be reverted at once, and a longer time never asks.
  const back = await openDialog(page);
  await back.getByRole("radio", { name: "Forever" }).click();
  await back.getByRole("button", { name: "Save" }).click();
  await expect(card(page)).toContainText("All entries are kept.");
  await page.goto("/acme/settings/audit-log");
  await expect(page.getByRole("table", { name: "Audit log" })).toContainText(/changed the settings/);
  await page.context().close();
  await stopLatchkey(latchkey);
});

test("[L7] admins see how long the audit log is kept and cannot change it, members do not see it", async ({
  signedInAs,
}) => {
  const admin = await signedInAs("ADMIN");
  await admin.goto(general);
  await expect(card(admin)).toContainText("kept");
  await expect(card(admin).getByRole("button", { name: "Change" })).toHaveCount(0);
  const member = await signedInAs("MEMBER");
  await member.goto(general);
  await expect(member.getByLabel("Organization name")).toBeVisible();
  await expect(card(member)).toHaveCount(0);
});
