import type { Page } from "@playwright/test";
import { presentKey, verifyToken } from "../support/api/api";
import {
  chooseAction,
  clickTwice,
  copySecret,
  generateKey,
  keysPath,
  readRevealed,
  rollDialog,
  rollKey,
} from "../support/browser/api-keys-page";
import { people } from "../support/browser/people";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";

test.describe("rolling", () => {
  test("[J7] a double click on Roll rolls once", async ({ signedInAs, latchkey }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { token, name } = await generateKey(page, {
      name: "Rolled twice?",
      choices: { accessLevel: "ADMIN" },
    });
    await chooseAction(page, name, "Roll");
    const dialog = rollDialog(page);
    await clickTwice(dialog.getByRole("button", { name: "Roll", exact: true }));
    const rolled = await readRevealed(dialog);
    await copySecret(dialog);
    await dialog.getByRole("button", { name: "Done" }).click();
    // A second roll would have ended the first secret's grace.
    expect(await verifyToken(latchkey.server.url, rolled.token, token)).toBe("VALID previous");
    expect(await verifyToken(latchkey.server.url, rolled.token, rolled.token)).toBe("VALID current");
  });

  test("[J7] in a second tab that has not seen the first roll is a conflict", async ({ signedInAs }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { name } = await generateKey(page, { name: "Two tabs" });
    const other = await page.context().newPage();
    await other.goto(`${keysPath}?search=Two+tabs`);
    const dialogIn = async (tab: Page) => {
      await chooseAction(tab, name, "Roll");
      return rollDialog(tab);
    };
    const [first, second] = [await dialogIn(page), await dialogIn(other)];
    await first.getByRole("button", { name: "Roll", exact: true }).click();
    await expect(first.getByLabel("Secret", { exact: true })).toBeVisible();
    await second.getByRole("button", { name: "Roll", exact: true }).click();
    await expect(second.getByRole("alert")).toBeVisible();
    await expect(second.getByLabel("Secret", { exact: true })).toBeHidden();
  });

  test("[J7] without grace the old secret ends at once", async ({ signedInAs, latchkey }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { token, name } = await generateKey(page, { name: "No grace" });
    const rolled = await rollKey(page, name, "Ends now");
    expect(await presentKey(latchkey.server.url, token)).toBe("401 key_rolled");
    expect(await presentKey(latchkey.server.url, rolled)).toBe("200");
  });

  test("[J7] five minutes after signing in asks for the password again", async ({ page }) => {
    const latchkey = await startLatchkey();
    const { server } = latchkey;
    await signIn(page, server.url, "OWNER");
    await page.goto(server.url + keysPath);
    const { name, token } = await generateKey(page, { name: "Later" });
    await server.shiftClock(6 * 60_000);
    await chooseAction(page, name, "Roll");
    const dialog = rollDialog(page);
    await dialog.getByRole("button", { name: "Roll", exact: true }).click();
    // A hidden field tells password managers whose password it is.
    await expect(dialog.locator('input[autocomplete="username"]')).toHaveValue(people.OWNER.email);
    await dialog.getByLabel("Password").fill("wrong password");
    await dialog.getByRole("button", { name: "Roll", exact: true }).click();
    await expect(dialog.getByLabel("Password")).toHaveAccessibleDescription(/incorrect/);
    expect(await presentKey(server.url, token)).toBe("200");
    await dialog.getByLabel("Password").fill(people.OWNER.password);
    await dialog.getByRole("button", { name: "Roll", exact: true }).click();
    await expect(dialog.getByLabel("Secret", { exact: true })).toBeVisible();
    await stopLatchkey(latchkey);
  });
});
