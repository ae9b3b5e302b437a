import { presentKey } from "../support/api/api";
import { openAccountMenu } from "../support/browser/account-menu";
import {
  endKey,
  generateKey,
  keyRow,
  keysPath,
  keysTable,
  searchKeys,
} from "../support/browser/api-keys-page";
import { expect, test } from "../support/browser/test";

test.describe("a member", () => {
  test("[B2] [Y2] gets a 404 for the API keys, and no link to them", async ({ signedInAs }) => {
    const page = await signedInAs("MEMBER");
    for (const path of [keysPath, `${keysPath}?status=all`, `${keysPath}?key=0123456789abcdef`]) {
      const response = await page.goto(path);
      expect(response?.status()).toBe(404);
      await expect(keysTable(page)).toHaveCount(0);
      expect(await page.content()).not.toContain("Default API Key");
    }
    await page.goto("/");
    await openAccountMenu(page);
    await page.getByRole("menuitem", { name: "Settings" }).click();
    await expect(page.getByRole("navigation", { name: "Settings" })).toBeVisible();
    await expect(page.getByRole("link", { name: "API keys" })).toHaveCount(0);
  });

  test("[B2] sees the same for another organization as for one that does not exist", async ({
    signedInAs,
  }) => {
    const page = await signedInAs("MEMBER");
    const response = await page.goto("/no-such-organization/settings/api-keys");
    expect(response?.status()).toBe(404);
  });
});

test.describe("an admin", () => {
  test("[B2] sees every key, creates none, and changes none", async ({ signedInAs }) => {
    const owner = await signedInAs("OWNER");
    await owner.goto(keysPath);
    const { name } = await generateKey(owner, { name: "Seen by the admin" });

    const page = await signedInAs("ADMIN");
    await page.goto(keysPath);
    await expect(keyRow(page, name)).toBeVisible();
    await expect(page.getByRole("button", { name: "Generate New Key" })).toHaveCount(0);
    await page.getByRole("button", { name: `Actions for ${name}` }).click();
    for (const action of ["Edit", "Roll", "Delete"]) {
      await expect(page.getByRole("menuitem", { name: action })).toBeDisabled();
    }
    await expect(page.getByRole("menuitem", { name: "View details" })).toBeEnabled();
  });

  test("[B2] finds a compromised key and revokes it, and the key stops working at once", async ({
    signedInAs,
    latchkey,
  }) => {
    const owner = await signedInAs("OWNER");
    await owner.goto(keysPath);
    const { name, id, token } = await generateKey(owner, { name: "Compromised" });
    expect(await presentKey(latchkey.server.url, token)).toBe("200");

    const page = await signedInAs("ADMIN");
    await page.goto(keysPath);
    await searchKeys(page, id);
    await expect(keyRow(page, name)).toBeVisible();
    await endKey(page, name, "Revoke");
    expect(await presentKey(latchkey.server.url, token)).toBe("401 key_revoked");
  });

  test("[B2] [B1] does not revoke an OWNER key", async ({ signedInAs }) => {
    const owner = await signedInAs("OWNER");
    await owner.goto(keysPath);
    const { name } = await generateKey(owner, { name: "Above admins", choices: { accessLevel: "OWNER" } });

    const page = await signedInAs("ADMIN");
    await page.goto(keysPath);
    await page.getByRole("button", { name: `Actions for ${name}` }).click();
    const revoke = page.getByRole("menuitem", { name: "Revoke" });
    await expect(revoke).toBeDisabled();
    const reason = "Owner-level: only an owner can edit, roll, pause, revoke or delete it.";
    await expect(revoke).toHaveAccessibleDescription(`${reason} Owner: Olivia Owner`);
    for (const name of ["Edit", "Roll", "Pause", "Delete"]) {
      const item = page.getByRole("menuitem", { name });
      await expect(item).toHaveAccessibleDescription(`${reason} Owner: Olivia Owner`);
    }
    await expect(page.getByRole("menu").getByText("only an owner")).toHaveCount(1);
    // The reason can be read without a mouse.
    await revoke.focus();
    await page.keyboard.press("Enter");
    await expect(revoke).toBeFocused();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});
