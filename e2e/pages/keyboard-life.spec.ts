import type { Locator, Page } from "@playwright/test";
import { presentKey } from "../support/api/api";
import { keysPath, lastFour, lastFourLabel, readRevealed } from "../support/browser/api-keys-page";
import {
  chooseByKeyboard,
  expectNoSidewaysScrolling,
  pressByKeyboard,
  tabTo,
} from "../support/browser/by-keyboard";
import { membersPath } from "../support/browser/members-page";
import { people } from "../support/browser/people";
import { seedKeys } from "../support/browser/seeded-keys";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { untilHydrated } from "../support/browser/until-hydrated";

const sizes = [
  { name: "in a window of 1440 px", width: 1440, height: 900 },
  { name: "at 200% zoom", width: 720, height: 450 },
  { name: "at 320 px", width: 320, height: 640 },
];

/** Copies the secret that is shown, and leaves the dialog. */
async function leaveReveal(page: Page, dialog: Locator): Promise<string> {
  const { token } = await readRevealed(dialog);
  await expect(dialog.getByRole("button", { name: /^Copy/ }).and(page.locator(":focus"))).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("status").filter({ hasText: /copied/i })).toBeAttached();
  await pressByKeyboard(page, dialog.getByRole("button", { name: "Done" }));
  await expect(dialog).toBeHidden();
  return token;
}

/** Types the confirmation that the dialog asks for, and presses its button. */
async function confirmByKeyboard(page: Page, dialog: Locator, verb: string): Promise<void> {
  const button = dialog.getByRole("button", { name: verb, exact: true });
  await expect(button).toBeVisible();
  const sure = dialog.getByLabel(lastFourLabel);
  if (await sure.isVisible()) {
    await tabTo(page, sure);
    await page.keyboard.type(await lastFour(dialog));
  }
  await expect(button).toBeEnabled();
  await pressByKeyboard(page, button);
  await expect(dialog).toBeHidden();
}

for (const { name: size, ...viewport } of sizes) {
  test(`by keyboard alone, ${size}: the whole life of a key`, async ({ ownOrganization, latchkey }) => {
    test.slow();
    const { page, keysPath } = await ownOrganization();
    await page.setViewportSize(viewport);
    await page.goto(keysPath);
    await expectNoSidewaysScrolling(page, "API keys");
    const actions = page.getByRole("button", { name: "Actions for Typed" });
    const dialog = (name: string | RegExp) => page.getByRole("dialog", { name });
    const choose = (item: string) => chooseByKeyboard(page, actions, item);

    await pressByKeyboard(page, page.getByRole("button", { name: "Generate New Key" }));
    const generate = page.getByRole("dialog");
    await expect(generate.getByLabel("Name", { exact: true })).toBeFocused();
    await expectNoSidewaysScrolling(page, "Generate New Key");
    await page.keyboard.type("Typed");
    await page.keyboard.press("Enter");
    await expectNoSidewaysScrolling(page, "the secret");
    const first = await leaveReveal(page, generate);
    expect(await presentKey(latchkey.server.url, first)).toBe("200");

    await choose("View details");
    await expect(dialog("API Key Details")).toBeVisible();
    await expectNoSidewaysScrolling(page, "API Key Details");
    await page.keyboard.press("Escape");
    await expect(dialog("API Key Details")).toBeHidden();

    await choose("Roll");
    const roll = page.getByRole("dialog");
    await pressByKeyboard(page, roll.getByRole("button", { name: "Roll", exact: true }));
    const second = await leaveReveal(page, roll);
    expect(second).not.toBe(first);
    expect(await presentKey(latchkey.server.url, first)).toBe("200");

    await choose("Pause");
    await confirmByKeyboard(page, dialog("Pause key"), "Pause");
    expect(await presentKey(latchkey.server.url, second)).toBe("401 key_paused");
    await choose("Resume");
    await confirmByKeyboard(page, dialog("Resume key"), "Resume");
    expect(await presentKey(latchkey.server.url, second)).toBe("200");

    // An incident: a person pastes a leaked secret into the command menu, and stops its key.
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Search or jump to" })).toBeFocused();
    await page.keyboard.insertText(second);
    await expect(dialog("Command menu")).toContainText("That token belongs to Typed. It works right now.");
    await page.keyboard.press("Enter");
    const sheet = dialog("API Key Details");
    await expect(sheet).toContainText("This is the key of the token you pasted");
    await expect(sheet.getByRole("region", { name: "Use" })).toBeVisible();
    await expectNoSidewaysScrolling(page, "a key found by its token");
    await pressByKeyboard(page, sheet.getByRole("button", { name: "Revoke", exact: true }));
    await expectNoSidewaysScrolling(page, "Revoke key");
    await confirmByKeyboard(page, dialog("Revoke key"), "Revoke");
    expect(await presentKey(latchkey.server.url, second)).toBe("401 key_revoked");
    await page.goto(`${keysPath}?status=revoked`);
    await choose("Delete");
    await confirmByKeyboard(page, dialog("Delete key"), "Delete");
    await expect(actions).toHaveCount(0);
  });
}

for (const { name: size, ...viewport } of sizes) {
  test(`by keyboard alone, ${size}: keys are revoked together, and a person is off-boarded`, async ({
    browser,
  }) => {
    test.slow();
    // A separate server, because its people change.
    const latchkey = await startLatchkey((made) =>
      seedKeys(made, [{ name: "Of Adam", creator: "ADMIN" }, { name: "Old one" }, { name: "Old two" }]),
    );
    const context = await browser.newContext({ baseURL: latchkey.server.url, viewport });
    const page = await context.newPage();
    await signIn(page, latchkey.server.url, "OWNER");
    await page.goto(keysPath);
    const select = page.getByRole("button", { name: "Select keys" });
    await expect(page.getByRole("button", { name: "Actions for Old two" })).toBeVisible();
    await untilHydrated(page.getByRole("button", { name: "Account menu" }));
    if (await select.isVisible()) await pressByKeyboard(page, select);
    for (const name of ["Old two", "Old one"]) {
      await tabTo(page, page.getByRole("checkbox", { name: `Select ${name}`, exact: true }));
      await page.keyboard.press("Space");
    }
    const bar = page.getByRole("toolbar", { name: "Selected keys" });
    await expectNoSidewaysScrolling(page, "selected keys");
    await pressByKeyboard(page, bar.getByRole("button", { name: "Revoke" }));
    const revocation = page.getByRole("dialog", { name: "Revoke 2 keys" });
    await expectNoSidewaysScrolling(page, "a dry run");
    await pressByKeyboard(page, revocation.getByRole("button", { name: "Revoke", exact: true }));
    await expect(revocation).toContainText("2 keys revoked");
    await expect(revocation.getByRole("button", { name: "Done" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(bar).toBeHidden();

    await page.goto(membersPath);
    await expectNoSidewaysScrolling(page, "Members");
    await pressByKeyboard(page, page.getByRole("button", { name: `Remove ${people.ADMIN.name}` }));
    const removal = page.getByRole("dialog", { name: /^Remove / });
    await expect(removal).toContainText("Of Adam");
    await expectNoSidewaysScrolling(page, "Remove member");
    await pressByKeyboard(page, removal.getByRole("button", { name: "Remove", exact: true }));
    await expect(removal).toBeHidden();
    await expect(page.getByRole("dialog").getByRole("button", { name: "Done" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(page.getByRole("button", { name: `Remove ${people.ADMIN.name}` })).toHaveCount(0);
    await context.close();
    await stopLatchkey(latchkey);
  });
}
