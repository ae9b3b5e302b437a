import type { Locator, Page } from "@playwright/test";
import { presentKey, verifyToken } from "./support/api";
import {
  chooseAction,
  copySecret,
  endKey,
  fillGenerateForm,
  filterBy,
  generateKey,
  keyRow,
  keysPath,
  openApiKeys,
  readRevealed,
  rollKey,
} from "./support/api-keys-page";
import { createInstallation } from "./support/installation";
import { people } from "./support/people";
import { startServer } from "./support/server-process";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "./support/test";

test("[J4] [S1] [B4] [P8] [Y6] [Y7] [S6] [J6] [J7] [J8] the life of a key, from the printed address to its end", async ({
  page,
}) => {
  test.slow();
  const installation = await createInstallation();
  const server = await startServer(installation.variables);

  await test.step("a person sets up an organization", async () => {
    await page.goto(server.setupUrl());
    await page.getByLabel("Your name").fill("Ana Example");
    await page.getByLabel("Email").fill("ana@example.com");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByLabel("Organization name").fill("Acme");
    await page.getByRole("button", { name: "Create organization" }).click();
  });

  await test.step("goes to the API keys", async () => {
    await openApiKeys(page);
    await expect(keyRow(page, "Default API Key")).toBeVisible();
  });

  const first =
    await test.step("generates a key, sees its id and secret once, and copies the secret", async () => {
      const dialog = await fillGenerateForm(page, {
        name: "Deploy",
        description: "Used by the deployment",
        choices: { accessLevel: "ADMIN" },
      });
      await expect(dialog.getByLabel("Expiration")).toContainText("Never expire");
      await dialog.getByRole("button", { name: "Generate", exact: true }).click();
      const shown = await readRevealed(dialog);
      expect(shown.id).toMatch(/^key_[0-9A-Za-z]{16}$/);
      expect(shown.token).toMatch(/^lk_sk_[0-9A-Za-z]{54}$/);
      expect(shown.token.slice(6, 22)).toBe(shown.id.slice(4));
      await expect(dialog.getByLabel("Secret", { exact: true })).not.toBeEditable();
      await expect(dialog).toContainText(/one time only/i);
      await expect(dialog).toContainText(/vault/i);
      await copySecret(dialog);
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown.token);
      await dialog.getByRole("button", { name: "Done" }).click();
      await expect(dialog).toBeHidden();
      return shown;
    });

  await test.step("finds it in the table at once", async () => {
    const row = keyRow(page, "Deploy");
    for (const text of ["Deploy", "Used by the deployment", "Secret", "ADMIN", "Active", "Ana Example"]) {
      await expect(row).toContainText(text);
    }
  });

  await test.step("uses it", async () => {
    expect(await presentKey(server.url, first.token)).toBe("200");
    expect(await verifyToken(server.url, first.token, first.token)).toBe("VALID current");
  });

  const second = await test.step("rolls it: both secrets work", async () => {
    const token = await rollKey(page, "Deploy");
    expect(token).not.toBe(first.token);
    expect(token.slice(0, 22)).toBe(first.token.slice(0, 22));
    await expect(keyRow(page, "Deploy")).toContainText("Rolling");
    expect(await verifyToken(server.url, token, token)).toBe("VALID current");
    expect(await verifyToken(server.url, token, first.token)).toBe("VALID previous");
    return token;
  });

  await test.step("twelve hours later the old secret is rolled out, the new one works", async () => {
    await server.shiftClock(12 * 3_600_000 - 60_000);
    expect(await verifyToken(server.url, second, first.token)).toBe("VALID previous");
    await server.shiftClock(12 * 3_600_000 + 60_000);
    expect(await verifyToken(server.url, second, first.token)).toBe("ROLLED previous");
    expect(await presentKey(server.url, first.token)).toBe("401 key_rolled");
    expect(await presentKey(server.url, second)).toBe("200");
    await server.shiftClock(0);
  });

  const witness = (await generateKey(page, { name: "Witness", choices: { accessLevel: "ADMIN" } })).token;

  await test.step("revokes it: refused from that moment on", async () => {
    await endKey(page, "Deploy", "Revoke");
    for (const token of [first.token, second]) {
      expect(await presentKey(server.url, token)).toBe("401 key_revoked");
      expect(await verifyToken(server.url, witness, token)).toMatch(/^REVOKED /);
    }
    await expect(keyRow(page, "Deploy")).toBeHidden();
    await filterBy(page, "Revoked");
    await expect(keyRow(page, "Deploy")).toContainText("Revoked");
  });

  await test.step("deletes it: off the list, and still an error", async () => {
    await endKey(page, "Deploy", "Delete");
    await filterBy(page, "All");
    await expect(keyRow(page, "Witness")).toBeVisible();
    await expect(keyRow(page, "Deploy")).toBeHidden();
    expect(await presentKey(server.url, second)).toBe("401 key_revoked");
  });

  await server.stop();
  await installation.remove();
});

/** Faster than any page can draw a disabled button. */
async function clickTwice(button: Locator): Promise<void> {
  await button.evaluate((element: HTMLElement) => {
    element.click();
    element.click();
  });
}

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

test.describe("rolling", () => {
  test("[J7] a double click on Roll rolls once", async ({ signedInAs, latchkey }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { token, name } = await generateKey(page, {
      name: "Rolled twice?",
      choices: { accessLevel: "ADMIN" },
    });
    await chooseAction(page, name, "Roll");
    const dialog = page.getByRole("dialog", { name: "Roll key" });
    await clickTwice(dialog.getByRole("button", { name: "Roll", exact: true }));
    const rolled = await readRevealed(dialog);
    await copySecret(dialog);
    await dialog.getByRole("button", { name: "Done" }).click();
    // A second roll would have ended the first secret's grace.
    expect(await verifyToken(latchkey.server.url, rolled.token, token)).toBe("VALID previous");
    expect(await verifyToken(latchkey.server.url, rolled.token, rolled.token)).toBe("VALID current");
  });

  test("[J7] in a second tab that has not seen the first roll is told of the conflict", async ({
    signedInAs,
  }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { name } = await generateKey(page, { name: "Two tabs" });
    const other = await page.context().newPage();
    await other.goto(`${keysPath}?search=Two+tabs`);
    const dialogIn = async (tab: Page) => {
      await chooseAction(tab, name, "Roll");
      return tab.getByRole("dialog", { name: "Roll key" });
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
    const dialog = page.getByRole("dialog", { name: "Roll key" });
    await dialog.getByRole("button", { name: "Roll", exact: true }).click();
    await dialog.getByLabel("Password").fill("wrong password");
    await dialog.getByRole("button", { name: "Roll", exact: true }).click();
    await expect(dialog.getByLabel("Password")).toHaveAccessibleDescription(/not right/);
    expect(await presentKey(server.url, token)).toBe("200");
    await dialog.getByLabel("Password").fill(people.OWNER.password);
    await dialog.getByRole("button", { name: "Roll", exact: true }).click();
    await expect(dialog.getByLabel("Secret", { exact: true })).toBeVisible();
    await stopLatchkey(latchkey);
  });
});
