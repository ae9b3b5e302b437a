import { presentKey, verifyToken } from "../support/api/api";
import {
  copySecret,
  endKey,
  fillGenerateForm,
  filterBy,
  generateKey,
  keyRow,
  openApiKeys,
  readRevealed,
  rollKey,
} from "../support/browser/api-keys-page";
import { readClipboard } from "../support/browser/read-clipboard";
import { expect, test } from "../support/browser/test";
import { createInstallation } from "../support/database/installation";
import { startServer } from "../support/processes/server-process";

test("[J4] [S1] [B4] [P8] [Y6] [Y7] [S6] [J6] [J7] [J8] the life of a key, from the printed URL to its end", async ({
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
      const expiration = dialog.getByRole("radiogroup", { name: "Expiration" });
      await expect(expiration.getByRole("radio", { name: "Never expire" })).toBeChecked();
      await dialog.getByRole("button", { name: "Generate", exact: true }).click();
      const shown = await readRevealed(dialog);
      expect(shown.id).toMatch(/^key_[0-9A-Za-z]{16}$/);
      expect(shown.token).toMatch(/^lk_sk_[0-9A-Za-z]{54}$/);
      expect(shown.token.slice(6, 22)).toBe(shown.id.slice(4));
      await expect(dialog.getByLabel("Secret", { exact: true })).not.toBeEditable();
      await expect(dialog).toContainText(/one time only/i);
      await expect(dialog).toContainText(/vault/i);
      await copySecret(dialog);
      await expect.poll(() => readClipboard(page)).toBe(shown.token);
      await dialog.getByRole("button", { name: "Done" }).click();
      await expect(dialog).toBeHidden();
      return shown;
    });

  await test.step("finds it in the table at once", async () => {
    const row = keyRow(page, "Deploy");
    for (const text of ["Deploy", "Used by the deployment", "Admin", "Active", "Ana Example"]) {
      await expect(row).toContainText(text);
    }
  });

  await test.step("uses it", async () => {
    expect(await presentKey(server.url, first.token)).toBe("200");
    expect(await verifyToken(server.url, first.token, first.token)).toBe("VALID current");
  });

  const [graceMs, marginMs] = [12 * 3_600_000, 60_000];
  // It was rolled between these two moments, however long the test takes.
  let [before, after] = [0, 0];
  const second = await test.step("rolls it: both secrets work", async () => {
    before = Date.now();
    const token = await rollKey(page, "Deploy");
    after = Date.now();
    expect(token).not.toBe(first.token);
    expect(token.slice(0, 22)).toBe(first.token.slice(0, 22));
    await expect(keyRow(page, "Deploy")).toContainText("Rolling");
    expect(await verifyToken(server.url, token, token)).toBe("VALID current");
    expect(await verifyToken(server.url, token, first.token)).toBe("VALID previous");
    return token;
  });

  await test.step("twelve hours later the old secret is rolled out, the new one works", async () => {
    await server.shiftClock(before + graceMs - marginMs - Date.now());
    expect(await verifyToken(server.url, second, first.token)).toBe("VALID previous");
    await server.shiftClock(after + graceMs + marginMs - Date.now());
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
