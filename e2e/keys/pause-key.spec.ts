import { presentKey, verifyToken } from "../support/api/api";
import {
  chooseAction,
  generateKey,
  keyRow,
  keysPath,
  rollDialog,
  rollKey,
} from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { expect, test } from "../support/browser/test";

test("[L14] an admin pauses a key from its menu, and an owner resumes it from its details", async ({
  signedInAs,
  latchkey,
}) => {
  const { url } = latchkey.server;
  const owner = await signedInAs("OWNER");
  await owner.goto(keysPath);
  const { name, token } = await generateKey(owner, {
    name: "Perhaps compromised",
    choices: { accessLevel: "MEMBER" },
  });
  const witness = (await generateKey(owner, { name: "Witness", choices: { accessLevel: "ADMIN" } })).token;
  expect(await presentKey(url, token)).toBe("200");

  const admin = await signedInAs("ADMIN");
  await admin.goto(keysPath);
  await chooseAction(admin, name, "Revoke");
  const revocation = admin.getByRole("dialog", { name: "Revoke key" });
  await expect(revocation).toContainText("A pause refuses the same calls and an owner can undo it.");
  await revocation.getByRole("button", { name: "Cancel" }).click();
  await chooseAction(admin, name, "Pause");
  const dialog = admin.getByRole("dialog", { name: "Pause key" });
  await expect(dialog).toContainText("until the key is resumed");
  await expect(dialog).toContainText("You can pause this key, but only an owner can resume it.");
  await expect(dialog).toContainText("Olivia Owner");
  await expectAccessible(admin, "a pause that an admin cannot undo");
  await expect(dialog).toContainText("in the last 24 hours");
  await dialog.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(dialog).toBeHidden();
  expect(await presentKey(url, token)).toBe("401 key_paused");
  expect(await verifyToken(url, witness, token)).toBe("PAUSED current");
  await expect(keyRow(admin, name)).toContainText("Paused");
  // Resuming needs more power than pausing: an admin may pause a key that only an owner manages.
  await admin.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
  await expect(admin.getByRole("menuitem", { name: "Resume" })).toBeDisabled();
  await expect(admin.getByRole("menuitem", { name: "Pause" })).toBeHidden();

  await owner.reload();
  await keyRow(owner, name).getByRole("button", { name, exact: true }).click();
  const sheet = owner.getByRole("dialog", { name: "API Key Details" });
  for (const text of ["Paused by", "Adam Admin"]) await expect(sheet).toContainText(text);
  await sheet.getByRole("button", { name: "Resume", exact: true }).click();
  const resume = owner.getByRole("dialog", { name: "Resume key" });
  await expect(resume).toBeVisible();
  await expectAccessible(owner, "resume");
  await resume.getByRole("button", { name: "Resume", exact: true }).click();
  await expect(resume).toBeHidden();
  expect(await presentKey(url, token)).toBe("200");
  await expect(sheet.getByRole("button", { name: "Pause", exact: true })).toBeEnabled();
  await expect(sheet).toContainText("Active");
});

test("[L14, J7] a key paused in its grace shows its rotation, and its grace can be ended", async ({
  signedInAs,
  latchkey,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const { name, token } = await generateKey(page, {
    name: "Paused while rolling",
    choices: { accessLevel: "MEMBER" },
  });
  const rolled = await rollKey(page, name);
  // The revocation dialog offers Pause as the milder way.
  await chooseAction(page, name, "Revoke");
  const revocation = page.getByRole("dialog", { name: "Revoke key" });
  await expect(revocation).toContainText("Not certain? A pause refuses the same calls and can be undone.");
  await revocation.getByRole("button", { name: "Pause instead" }).click();
  await expect(revocation).toBeHidden();
  await expect(page.getByRole("dialog", { name: "Pause key" })).not.toContainText("only an owner");
  await page
    .getByRole("dialog", { name: "Pause key" })
    .getByRole("button", { name: "Pause", exact: true })
    .click();
  await expect(keyRow(page, name)).toContainText("Paused");
  await keyRow(page, name).getByRole("button", { name, exact: true }).click();
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await expect(sheet).toContainText("The key is paused, so both are refused.");
  await sheet.getByRole("button", { name: "Roll", exact: true }).click();
  const roll = rollDialog(page);
  await expect(roll).toContainText("A roll does not resume it.");
  await expect(roll).not.toContainText("work now");
  await roll.getByRole("button", { name: "Cancel" }).click();
  await sheet.getByRole("button", { name: "End grace now" }).click();
  const dialog = page.getByRole("dialog", { name: "End grace" });
  await expect(dialog).toContainText("only the current secret works again");
  await dialog.getByRole("button", { name: "End grace now" }).click();
  await expect(dialog).toBeHidden();
  await page.keyboard.press("Escape");
  await chooseAction(page, name, "Resume");
  const resume = page.getByRole("dialog", { name: "Resume key" });
  await resume.getByRole("button", { name: "Resume", exact: true }).click();
  await expect(resume).toBeHidden();
  expect(await presentKey(latchkey.server.url, token)).toBe("401 key_rolled");
  expect(await presentKey(latchkey.server.url, rolled)).toBe("200");
});
