import { database } from "@/lib/db/client";
import { presentKey } from "../support/api/api";
import {
  chooseAction,
  endKey,
  filterBy,
  generateKey,
  keyRow,
  keysPath,
  lastFourLabel,
} from "../support/browser/api-keys-page";
import { chooseLevel, membersPath } from "../support/browser/members-page";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { createTestKey, endTestKey } from "../support/data/test-key";
import { createTestResources, giveTestGrant } from "../support/data/test-resources";

test.describe("the details of a key", () => {
  test("[Y5] open from the key's name, show everything, are in the URL, and return the focus", async ({
    signedInAs,
  }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { id, name } = await generateKey(page, {
      name: "Shown in detail",
      description: "Two lines\nof description",
      choices: { accessLevel: "ADMIN", expiration: "90 days" },
    });
    const opener = keyRow(page, name).getByRole("button", { name, exact: true });
    await opener.click();
    const sheet = page.getByRole("dialog", { name: "API Key Details" });
    for (const text of [
      name,
      "of description",
      id,
      "Secret",
      "Admin",
      "Acme",
      "full_access",
      "Olivia Owner",
    ]) {
      await expect(sheet).toContainText(text);
    }
    await expect(sheet).toContainText("Active");
    for (const button of ["Edit", "Roll", "Revoke"]) {
      await expect(sheet.getByRole("button", { name: button, exact: true })).toBeEnabled();
    }
    await expect(page).toHaveURL(/[?&]key=/);

    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await expect(opener).toBeFocused();
    await expect(page).not.toHaveURL(/[?&]key=/);

    await page.goBack();
    await expect(sheet).toContainText(id);
    await page.reload();
    await expect(sheet).toContainText(id);
  });

  test("[Y5] [P6] can revoke the key, with or without an expiry", async ({ signedInAs, latchkey }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { name, token } = await generateKey(page, {
      name: "Revoked in detail",
      choices: { expiration: "7 days" },
    });
    await chooseAction(page, name, "View details");
    const sheet = page.getByRole("dialog", { name: "API Key Details" });
    await sheet.getByRole("button", { name: "Revoke", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Revoke key" });
    await dialog.getByRole("button", { name: "Revoke", exact: true }).click();
    await expect(dialog).toBeHidden();
    expect(await presentKey(latchkey.server.url, token)).toBe("401 key_revoked");
    await expect(sheet).toContainText("Revoked");
    await expect(sheet.getByRole("button", { name: "Revoke", exact: true })).toBeDisabled();
    await expect(sheet.getByRole("button", { name: "Roll", exact: true })).toBeDisabled();
  });

  test("[Y5] of a key that does not exist say so", async ({ signedInAs }) => {
    const page = await signedInAs("OWNER");
    await page.goto(`${keysPath}?key=0123456789abcdef`);
    await expect(page.getByRole("dialog", { name: "API Key Details" })).toContainText("no such API key");
  });
});

test("[L4] [Y9] [P9] explain each permission, and which ones the creator's level blocks", async ({
  browser,
}) => {
  test.slow();
  const latchkey = await startLatchkey(async ({ organizationId: id, userIds }) => {
    const { workspace } = await createTestResources({ id });
    await giveTestGrant({ id }, userIds.ADMIN, workspace, "ADMIN");
    const over = { creator: "ADMIN", accessLevel: "ADMIN" } as const;
    await createTestKey({ id, userIds }, { ...over, name: "Adam's key" });
    const ended = await createTestKey({ id, userIds }, { ...over, name: "Ended", namespace: workspace });
    await endTestKey(ended, { revokedAt: new Date() });
    await database().grant.deleteMany({ where: { workspaceId: workspace.id } });
  });
  const page = await (await browser.newContext({ baseURL: latchkey.server.url })).newPage();
  await signIn(page, latchkey.server.url, "OWNER");
  await page.goto(keysPath);
  await chooseAction(page, "Adam's key", "View details");
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  const openPermissions = () => sheet.getByRole("tab", { name: "Permissions" }).click();
  await openPermissions();
  const funnel = sheet.getByRole("list", { name: "Why these permissions" }).getByRole("listitem");
  await expect(funnel).toHaveText([
    ...["29in its rolefull_access", "19at its levelAdmin", "19held by its creatorAdam Admin, Admin in Acme"],
  ]);
  const open = async (resource: string) => {
    await sheet.getByRole("button", { name: new RegExp(`^${resource} `) }).click();
    return sheet.getByRole("list", { name: `Permissions on ${resource}` }).getByRole("listitem");
  };
  const users = await open("users");
  await expect(users.filter({ hasText: "users:create" })).toContainText("The key has it.");
  await expect(users.filter({ hasText: "users:delete" })).toContainText("The key does not have it.");
  await expect(users.filter({ hasText: "users:delete" })).toContainText("Above the key's access level Admin");
  await expect(users.filter({ hasText: "users:delete" })).toContainText("Included in full_access");
  const keys = await open("keys");
  await expect(keys.filter({ hasText: "keys:roll" })).toContainText(
    "Not for admins, by this organization's settings",
  );

  await page.goto(membersPath);
  const lower = await chooseLevel(page, "Adam Admin", "MEMBER");
  await lower.getByRole("button", { name: "Change level" }).click();
  await expect(page.getByText("Adam Admin is Member now")).toBeVisible();
  await page.goto(keysPath);
  await chooseAction(page, "Adam's key", "View details");
  await openPermissions();
  await expect(funnel.last()).toHaveText("6held by its creatorAdam Admin, Member in Acme");
  await sheet.getByRole("searchbox", { name: "Filter permissions" }).fill("verify");
  const verify = sheet.getByRole("list", { name: "Permissions on keys" }).getByRole("listitem");
  await expect(verify).toHaveCount(1);
  await expect(verify).toContainText("Limited by Adam Admin's Member role");

  await page.goto(`${keysPath}?status=revoked`);
  await chooseAction(page, "Ended", "View details");
  await openPermissions();
  await expect(funnel.first()).toContainText("29in its role");
  await expect(funnel.last()).toHaveText(
    "0held by its creatorAdam Admin, without access to Storefront / Production",
  );
  await page.context().close();
  await stopLatchkey(latchkey);
});

test.describe("editing a key", () => {
  test("[S7] changes name and description, and nothing else", async ({ signedInAs, latchkey }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { name, token, id } = await generateKey(page, { name: "Before" });
    await chooseAction(page, name, "Edit");
    const dialog = page.getByRole("dialog", { name: "Edit key" });
    await dialog.getByLabel("Name", { exact: true }).fill("After");
    await dialog.getByLabel("Description").fill("Changed");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
    await expect(keyRow(page, "After")).toContainText("Changed");
    await expect(keyRow(page, "After")).toContainText(id);
    await expect(keyRow(page, "Before")).toHaveCount(0);
    expect(await presentKey(latchkey.server.url, token)).toBe("200");
  });

  test("[S7] has a red Revoke, which says that it cannot be undone", async ({ signedInAs, latchkey }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { name, token } = await generateKey(page, { name: "Revoked from edit" });
    await chooseAction(page, name, "Edit");
    const edit = page.getByRole("dialog", { name: "Edit key" });
    const revoke = edit.getByRole("button", { name: "Revoke", exact: true });
    const [red = 0, green = 0, blue = 0] = await revoke.evaluate((button) => {
      // A canvas converts any colour notation to red, green and blue.
      const context = document.createElement("canvas").getContext("2d");
      if (context === null) return [];
      context.fillStyle = getComputedStyle(button).backgroundColor;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data];
    });
    expect(red).toBeGreaterThan(green + 60);
    expect(red).toBeGreaterThan(blue + 60);
    await revoke.click();
    const dialog = page.getByRole("dialog", { name: "Revoke key" });
    await expect(dialog).toContainText(/cannot be undone/i);
    await dialog.getByRole("button", { name: "Revoke", exact: true }).click();
    await expect(dialog).toBeHidden();
    expect(await presentKey(latchkey.server.url, token)).toBe("401 key_revoked");
    await filterBy(page, "Revoked");
    await expect(keyRow(page, name)).toBeVisible();
  });
});

test.describe("before it destroys", () => {
  test("[L2] a dialog shows what would break, and asks for a typed confirmation if the key is in use", async ({
    signedInAs,
    latchkey,
  }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { name, id, token } = await generateKey(page, { name: "In use" });
    expect(await presentKey(latchkey.server.url, token)).toBe("200");
    const dialog = page.getByRole("dialog", { name: "Revoke key" });
    const impact = dialog.getByLabel("Impact");
    // Uses are counted in memory and written in batches.
    await expect(async () => {
      await page.reload();
      await chooseAction(page, name, "Revoke");
      await expect(impact).toContainText("127.0.0.1", { timeout: 5000 });
    }).toPass();
    await expect(impact).toContainText("Olivia Owner");
    const revoke = dialog.getByRole("button", { name: "Revoke", exact: true });
    await expect(revoke).toBeDisabled();
    const sure = dialog.getByLabel(lastFourLabel);
    await expect(sure).toHaveAccessibleDescription(/^The key's name works too/);
    await sure.fill("in");
    await expect(revoke).toBeDisabled();
    await sure.fill("in use");
    await expect(revoke).toBeEnabled();
    await sure.fill(` ${id.slice(-4).toLowerCase()}\u00a0`);
    await revoke.click();
    await expect(dialog).toBeHidden();
    expect(await presentKey(latchkey.server.url, token)).toBe("401 key_revoked");
  });

  test("[J7] expired and revoked keys cannot be rolled", async ({ signedInAs }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { name } = await generateKey(page, { name: "Past rolling" });
    await endKey(page, name, "Revoke");
    await filterBy(page, "Revoked");
    await page.getByRole("button", { name: `Actions for ${name}` }).click();
    await expect(page.getByRole("menuitem", { name: "Roll" })).toBeDisabled();
    await expect(page.getByRole("menuitem", { name: "Edit" })).toBeDisabled();
    await expect(page.getByRole("menuitem", { name: "Revoke" })).toBeDisabled();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete key" });
    await expect(dialog).toContainText("Already revoked");
    await expect(dialog.getByLabel(lastFourLabel)).toBeHidden();
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await expect(dialog).toBeHidden();
  });
});
