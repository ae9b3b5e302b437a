import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { keyRow, keysPath, keysTable, shownNames } from "@/e2e/support/browser/api-keys-page";
import { expectAccessible } from "@/e2e/support/browser/expect-accessible";
import { chooseLevel, membersPath } from "@/e2e/support/browser/members-page";
import { people } from "@/e2e/support/browser/people";
import { seedKeys } from "@/e2e/support/browser/seeded-keys";
import { test as base, type Latchkey, startLatchkey, stopLatchkey } from "@/e2e/support/browser/test";
import { untilHydrated } from "@/e2e/support/browser/until-hydrated";
import { database } from "@/lib/db/client";

const numbered = (prefix: string, count: number, over = {}) =>
  Array.from({ length: count }, (_, index) => ({ name: `${prefix} ${index + 1}`, ...over }));

/** A server whose keys the tests may end. */
const test = base.extend<object, { latchkey: Latchkey }>({
  latchkey: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures off a pattern
    async ({}, use) => {
      const latchkey = await startLatchkey(async (made) => {
        await seedKeys(made, [
          ...numbered("Crowd", 120),
          ...numbered("Paper", 4),
          ...numbered("Stone", 3),
          ...numbered("Leaver", 3, { creator: "ADMIN" }),
          { name: "High one", accessLevel: "OWNER" },
          { name: "High two", accessLevel: "MEMBER" },
          { name: "Solo", creator: "MEMBER" },
        ]);
        const busy = await database().apiKey.findFirstOrThrow({ where: { name: "Paper 2" } });
        const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
        const { organizationId, id: keyId } = busy;
        await database().apiKeyUsageHour.create({
          data: { organizationId, keyId, hour, outcome: "VALID", calls: 1234 },
        });
      });
      await use(latchkey);
      await stopLatchkey(latchkey);
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

async function openList(page: Page, search: string): Promise<void> {
  await page.goto(`${keysPath}?search=${encodeURIComponent(search)}`);
  await untilHydrated(page.getByRole("button", { name: "Account menu" }));
  await expect(keysTable(page)).toBeVisible();
}
const tick = (page: Page, name: string) =>
  page.getByRole("checkbox", { name: `Select ${name}`, exact: true });
const bar = (page: Page) => page.getByRole("toolbar", { name: "Selected keys" });
const dryRun = (page: Page) => page.getByRole("dialog").getByRole("region", { name: "Dry run" });

test("[L12] ticked keys are revoked after a dry run and a typed number", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  await openList(page, "Paper");
  for (const name of ["Paper 1", "Paper 2", "Paper 3"]) await tick(page, name).check();
  await expect(bar(page)).toContainText("3 selected");
  await expect(bar(page)).toContainText("1,234 calls in 24 hours");
  await expectAccessible(page, "the list with selected keys");
  await bar(page).getByRole("button", { name: "Revoke" }).click();
  const dialog = page.getByRole("dialog", { name: "Revoke 3 keys" });
  await expect(dryRun(page)).toContainText("1,234");
  const list = dialog.getByRole("list", { name: "3 keys" });
  await expect(list.getByRole("listitem").first()).toContainText("Paper 2");
  await expect(list).toContainText("Paper 1");
  const revoke = dialog.getByRole("button", { name: "Revoke", exact: true });
  await expect(revoke).toBeDisabled();
  await expectAccessible(page, "the dry run of a revocation");
  await dialog.getByLabel("Type the number of keys that end to confirm").fill("3");
  await revoke.click();
  await expect(dialog).toContainText("3 keys revoked");
  await expect(dialog.getByRole("button", { name: "Done" })).toBeFocused();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(bar(page)).toBeHidden();
  await expect(page.getByText("3 keys revoked")).toBeVisible();
  await expect.poll(() => shownNames(page)).toEqual(["Paper 4"]);
});

test("[L12] all keys that match the filters change in steps that can be stopped and continued", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await openList(page, "Crowd");
  await page.getByRole("checkbox", { name: "Select all keys on this page" }).check();
  await expect(bar(page)).toContainText("25 selected");
  await bar(page).getByRole("button", { name: "Select all 120" }).click();
  await expect(bar(page)).toContainText("120 selected");
  await bar(page).getByRole("button", { name: "Pause" }).click();
  const dialog = page.getByRole("dialog", { name: "Pause 120 keys" });
  await expect(dryRun(page)).toContainText("120");
  await dryRun(page).getByRole("button", { name: "Show all 120" }).click();
  await dryRun(page).getByRole("button", { name: "Next keys" }).click();
  await expect(dryRun(page)).toContainText("51–100 of 120");
  await expect(dryRun(page).getByRole("list", { name: "120 keys" }).getByRole("listitem")).toHaveCount(50);
  // Hold the response of the second step until Stop was pressed.
  let steps = 0;
  let goOn: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route(`${keysPath}**`, async (route) => {
    if (route.request().method() === "POST" && route.request().postData()?.includes("seen")) {
      steps++;
      if (steps === 2) await stopped;
    }
    await route.continue();
  });
  await dialog.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(dialog.getByRole("progressbar")).toHaveAttribute("value", "50");
  await expect(dialog.getByRole("button", { name: "Stop" })).toBeFocused();
  await dialog.getByRole("button", { name: "Stop" }).click();
  goOn();
  await expect(dialog).toContainText("Stopped: 20 keys left");
  await expectAccessible(page, "a change that was stopped");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog).toContainText("120 keys paused");
  await dialog.getByRole("button", { name: "Done" }).click();
  expect(steps).toBe(3);
});

test("[L12] a lost answer does not change keys twice, and keys changed meanwhile are reported one by one", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await openList(page, "Stone");
  await page.getByRole("checkbox", { name: "Select all keys on this page" }).check();
  await bar(page).getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete 3 keys" });
  await expect(dryRun(page)).toBeVisible();
  // Meanwhile somebody else pauses one.
  const other = await signedInAs("ADMIN");
  await openList(other, "Stone");
  await tick(other, "Stone 2").check();
  await bar(other).getByRole("button", { name: "Pause" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "Pause", exact: true }).click();
  await expect(other.getByRole("dialog")).toContainText("1 key paused");

  let lost = false;
  await page.route(`${keysPath}**`, async (route) => {
    if (!lost && route.request().method() === "POST" && route.request().postData()?.includes("seen")) {
      lost = true;
      await route.fetch();
      return route.abort();
    }
    await route.continue();
  });
  await dialog.getByLabel("Type the number of keys that end to confirm").fill("3");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("never done twice");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog).toContainText("2 keys deleted");
  await expect(dialog.getByRole("list", { name: "Left alone" })).toContainText("Stone 2");
  await expect(dialog.getByRole("list", { name: "Left alone" })).toContainText("Changed since your review");
  // Processed keys are no longer selected, even under the open dialog.
  await expect(bar(page)).toHaveCount(0);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("2 keys deleted, 1 left alone: changed since your review")).toBeVisible();
  await expect.poll(() => shownNames(page)).toEqual(["Stone 2"]);
});

test("[L12] an admin is told which keys are left alone and who may change them", async ({ signedInAs }) => {
  const page = await signedInAs("ADMIN");
  await openList(page, "High");
  await page.getByRole("checkbox", { name: "Select all keys on this page" }).check();
  await bar(page).getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("dialog").getByRole("list", { name: "Left alone" })).toContainText(
    "1 key: Owner-level: only an owner can do this (High one)",
  );
  await expect(page.getByRole("dialog")).toContainText("until they are resumed");
  await expect(dryRun(page)).toContainText("You can pause this key, but only an owner can resume it.");
  await expect(dryRun(page)).toContainText("Owner: Olivia Owner");
  await expectAccessible(page, "the dry run of a pause");
  await page.keyboard.press("Escape");
  await bar(page).getByRole("button", { name: "Transfer" }).click();
  await page.getByRole("combobox", { name: "Transfer to" }).click();
  await expect(page.getByText("Only an owner may transfer API keys.")).toBeVisible();
});

test("[L12] a leaver's keys are handed over, and a role is added to them", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  await openList(page, "Leaver");
  await page.getByRole("checkbox", { name: "Select all keys on this page" }).check();
  await bar(page).getByRole("button", { name: "Transfer" }).click();
  const transfer = page.getByRole("dialog", { name: "Transfer 3 keys" });
  await transfer.getByRole("combobox", { name: "Transfer to" }).click();
  await page.getByRole("option").first().click();
  await expect(dryRun(page)).toContainText("keys change");
  await expectAccessible(page, "the dry run of a transfer");
  await transfer.getByRole("button", { name: "Transfer", exact: true }).click();
  await expect(transfer).toContainText("3 keys transferred");
  await transfer.getByRole("button", { name: "Done" }).click();

  await page.getByRole("checkbox", { name: "Select all keys on this page" }).check();
  await bar(page).getByRole("button", { name: "More actions for selected keys" }).click();
  await page.getByRole("menuitem", { name: "Add a role" }).click();
  const role = page.getByRole("dialog", { name: "Add a role to 3 keys" });
  await role.getByRole("combobox", { name: "Role" }).click();
  await page.getByRole("option", { name: "key_verifier" }).click();
  await role.getByRole("button", { name: "Add role" }).click();
  await expect(role).toContainText("Role added to 3 keys");
  await role.getByRole("button", { name: "Done" }).click();
});

test("[L12] by keyboard alone: select, reach the toolbar, pause, and return", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  await openList(page, "Solo");
  await tick(page, "Solo").focus();
  await page.keyboard.press("Space");
  await expect(bar(page)).toContainText("1 selected");
  await expect(bar(page).getByRole("status")).toHaveText("1 key selected");
  await page.keyboard.press("Shift+A");
  await expect(bar(page).getByRole("button", { name: "Clear selection" })).toBeFocused();
  const pause = bar(page).getByRole("button", { name: "Pause" });
  for (let tabs = 0; tabs < 4 && !(await pause.evaluate((it) => it === document.activeElement)); tabs++) {
    await page.keyboard.press("Tab");
  }
  await expect(pause).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Pause 1 key" });
  await expect(dryRun(page)).toBeVisible();
  await dialog.getByRole("button", { name: "Pause", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: "Done" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(keyRow(page, "Solo")).toContainText("Paused");
  await tick(page, "Solo").focus();
  await page.keyboard.press("Space");
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(bar(page)).toBeHidden();
});

test("[L12] if an admin loses access during a run, the run stops and says so", async ({ signedInAs }) => {
  const page = await signedInAs("ADMIN");
  await openList(page, "Paper");
  await page.getByRole("checkbox", { name: "Select all keys on this page" }).check();
  await bar(page).getByRole("button", { name: "Pause" }).click();
  await expect(dryRun(page)).toBeVisible();
  const owner = await signedInAs("OWNER");
  await owner.goto(membersPath);
  const lower = await chooseLevel(owner, people.ADMIN.name, "MEMBER");
  await lower.getByRole("button", { name: "Change level" }).click();
  await expect(owner.getByText(`${people.ADMIN.name} is Member now`)).toBeVisible();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(dialog.getByRole("alert")).toHaveText("You no longer have access to these keys.");
  await expect(dialog).toContainText("Stopped: 1 key left");
});
