import { presentKey } from "./support/api";
import {
  chooseAction,
  clickTwice,
  copySecret,
  fillGenerateForm,
  generateKey,
  keyRow,
  keysPath,
  readRevealed,
} from "./support/api-keys-page";
import { expect, test } from "./support/test";

test.describe("generating", () => {
  test("[P2] [J6] leaves the other keys as they are", async ({ signedInAs, latchkey }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const one = await generateKey(page, { name: "Side by side 1" });
    const two = await generateKey(page, { name: "Side by side 2" });
    for (const { token } of [one, two]) expect(await presentKey(latchkey.server.url, token)).toBe("200");
    await expect(keyRow(page, "Side by side 1")).toContainText("Active");
  });

  test("[B4] without a name is refused at the field, which gets the focus", async ({ signedInAs }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const dialog = await fillGenerateForm(page, { name: "   " });
    await dialog.getByRole("button", { name: "Generate", exact: true }).click();
    const name = dialog.getByLabel("Name", { exact: true });
    await expect(name).toHaveAccessibleDescription(/Name is required/);
    await expect(name).toBeFocused();
  });

  test("[Y6] [P5] [J5] with an expiry: the key ends at that very moment", async ({
    signedInAs,
    latchkey,
  }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { token } = await generateKey(page, { name: "Thirty days", choices: { expiration: "30 days" } });
    const days = 86_400_000;
    const { server } = latchkey;
    expect(await presentKey(server.url, token)).toBe("200");
    try {
      await server.shiftClock(30 * days - 120_000);
      expect(await presentKey(server.url, token)).toBe("200");
      await server.shiftClock(30 * days + 120_000);
      expect(await presentKey(server.url, token)).toBe("401 key_expired");
    } finally {
      await server.shiftClock(0);
    }
  });

  test("[Y7] [S6] leaving without having copied asks once", async ({ signedInAs }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const dialog = await fillGenerateForm(page, { name: "Not copied" });
    await dialog.getByRole("button", { name: "Generate", exact: true }).click();
    await readRevealed(dialog);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(dialog.getByRole("alert")).toContainText(/not been copied/i);
    await page.waitForTimeout(700); // A second press sooner than that is a double click, not an answer.
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(dialog).toBeHidden();
    await expect(keyRow(page, "Not copied")).toBeVisible();
  });

  test("a double click makes one key", async ({ signedInAs }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const dialog = await fillGenerateForm(page, { name: "Clicked twice" });
    await clickTwice(dialog.getByRole("button", { name: "Generate", exact: true }));
    await readRevealed(dialog);
    await copySecret(dialog);
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.goto(`${keysPath}?search=Clicked+twice&status=all`);
    await expect(keyRow(page, "Clicked twice")).toHaveCount(1);
  });

  test("[J1] a public key is an identifier: MEMBER, few permissions, and can be seen again", async ({
    signedInAs,
    latchkey,
  }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { token } = await generateKey(page, { name: "In the app", choices: { type: "Public" } });
    expect(token).toMatch(/^lk_pk_/);
    expect(await presentKey(latchkey.server.url, token)).toBe("200");
    await expect(keyRow(page, "In the app")).toContainText("MEMBER");
    await chooseAction(page, "In the app", "View details");
    await expect(page.getByRole("dialog", { name: "API Key Details" })).toContainText(token);
  });
});
