import { verifyToken } from "../support/api/api";
import {
  chooseAction,
  generateKey,
  keyRow,
  keysPath,
  rollDialog,
  rollKey,
} from "../support/browser/api-keys-page";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { foreignToken, importTestKeys } from "../support/data/import-test-keys";

test("[L13] [L14] a person finds an imported key, pauses and resumes it, and rolls it into an ordinary one", async ({
  browser,
}) => {
  const token = foreignToken();
  const name = "Moved from the old system";
  const latchkey = await startLatchkey(async ({ organizationId: id, userIds }) => {
    const over = { name, accessLevel: "MEMBER" as const, roles: ["read_only"], subject: "cus_1" };
    await importTestKeys({ id, userIds }, [token], over);
  });
  const { url } = latchkey.server;
  const page = await (await browser.newContext({ baseURL: url })).newPage();
  await signIn(page, url, "OWNER");
  await page.goto(keysPath);
  const witness = (await generateKey(page, { name: "Witness", choices: { accessLevel: "ADMIN" } })).token;
  expect(await verifyToken(url, witness, token)).toBe("VALID current");

  await expect(keyRow(page, name)).toContainText("Imported");
  await expect(keyRow(page, "Witness")).not.toContainText("Imported");
  await keyRow(page, name).getByRole("button", { name, exact: true }).click();
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await expect(sheet).toContainText("Imported. Rolling replaces it with a Latchkey token.");
  await page.keyboard.press("Escape");

  await chooseAction(page, name, "Pause");
  await page
    .getByRole("dialog", { name: "Pause key" })
    .getByRole("button", { name: "Pause", exact: true })
    .click();
  await expect(keyRow(page, name)).toContainText("Paused");
  expect(await verifyToken(url, witness, token)).toBe("PAUSED current");
  await chooseAction(page, name, "Resume");
  await page
    .getByRole("dialog", { name: "Resume key" })
    .getByRole("button", { name: "Resume", exact: true })
    .click();
  await expect(keyRow(page, name)).not.toContainText("Paused");
  expect(await verifyToken(url, witness, token)).toBe("VALID current");

  await chooseAction(page, name, "Roll");
  await expect(rollDialog(page)).toContainText("This key has an imported token");
  await rollDialog(page).getByRole("button", { name: "Cancel" }).click();
  const rolled = await rollKey(page, name);
  expect(await verifyToken(url, witness, token)).toBe("VALID previous");
  expect(await verifyToken(url, witness, rolled)).toBe("VALID current");
  await expect(keyRow(page, name)).not.toContainText("Imported");
  await page.context().close();
  await stopLatchkey(latchkey);
});
