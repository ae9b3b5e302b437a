import type { Page, Route } from "@playwright/test";
import { presentKey } from "../support/api/api";
import {
  chooseAction,
  chooseNamespace,
  clickTwice,
  copySecret,
  fillGenerateForm,
  generateKey,
  keyRow,
  keysPath,
  openRoles,
  readRevealed,
} from "../support/browser/api-keys-page";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { createTestResources, giveTestGrant } from "../support/data/test-resources";
import { deferred } from "../support/timing/deferred";

test.describe("generating", () => {
  test("[P2] [J6] does not change other keys", async ({ signedInAs, latchkey }) => {
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
    // The expiry was set between these two moments, however long the test takes.
    const before = Date.now();
    const { token } = await generateKey(page, { name: "Thirty days", choices: { expiration: "30 days" } });
    const after = Date.now();
    const [lifeMs, marginMs] = [30 * 86_400_000, 60_000];
    const { server } = latchkey;
    expect(await presentKey(server.url, token)).toBe("200");
    try {
      await server.shiftClock(before + lifeMs - marginMs - Date.now());
      expect(await presentKey(server.url, token)).toBe("200");
      await server.shiftClock(after + lifeMs + marginMs - Date.now());
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
    await page.waitForTimeout(700); // A second press earlier than this is a double click, not a confirmation.
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(dialog).toBeHidden();
    await expect(keyRow(page, "Not copied")).toBeVisible();
  });

  test("a double click generates one key", async ({ signedInAs }) => {
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

  test("[J1] a public key is at MEMBER, has few permissions, and can be shown again", async ({
    signedInAs,
    latchkey,
  }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const { token } = await generateKey(page, { name: "In the app", choices: { type: "Public" } });
    expect(token).toMatch(/^lk_pk_/);
    expect(await presentKey(latchkey.server.url, token)).toBe("200");
    await expect(keyRow(page, "In the app")).toContainText("Member");
    await chooseAction(page, "In the app", "View details");
    await expect(page.getByRole("dialog", { name: "API Key Details" })).toContainText(token);
  });
});

test.describe("what the dialog offers", () => {
  let latchkey: Latchkey;
  test.beforeAll(async () => {
    latchkey = await startLatchkey(async ({ organizationId: id, userIds: { OWNER } }) => {
      const store = await createTestResources({ id });
      await giveTestGrant({ id }, OWNER, store.application, "OWNER");
      await giveTestGrant({ id }, OWNER, store.workspace, "ADMIN");
      await giveTestGrant({ id }, OWNER, store.group, "MEMBER");
    });
  });
  test.afterAll(() => stopLatchkey(latchkey));

  async function openForm(page: Page) {
    await signIn(page, latchkey.server.url, "OWNER");
    await page.goto(`${latchkey.server.url}${keysPath}?columns=namespace`);
    return fillGenerateForm(page, { name: "In its place" });
  }

  test("[P3] [P7] [P9] the namespaces with access, by path, and the levels in each", async ({ page }) => {
    const dialog = await openForm(page);
    const namespace = dialog.getByLabel("Namespace", { exact: true });
    const level = dialog.getByLabel("Access level", { exact: true });
    await namespace.click();
    await expect(page.getByRole("option")).toHaveText([
      /^Acme/,
      /^Storefront/,
      /^Storefront \/ Production/,
      /^Storefront \/ Support/,
    ]);
    await expect(dialog).toContainText("1 more is not offered: you have no access there.");
    await page.getByRole("option", { name: "Storefront / Production", exact: true }).click();
    await expect(namespace).toHaveText("Storefront / Production");
    await expect(namespace).toHaveAccessibleDescription(/^Workspace/);
    await level.click();
    const owner = page.getByRole("option", { name: "Owner" });
    await expect(owner).toBeDisabled();
    await expect(owner).toContainText("You are Admin in Storefront / Production");
    await page.getByRole("option", { name: "Admin" }).click();

    // The level is capped in this namespace, and returns with the other one.
    await chooseNamespace(page, "Storefront / Support");
    await expect(level).toHaveText("Member");
    await chooseNamespace(page, "Storefront / Production");
    await expect(level).toHaveText("Admin");

    await dialog.getByRole("button", { name: "Generate", exact: true }).click();
    const { token } = await readRevealed(dialog);
    await copySecret(dialog);
    await dialog.getByRole("button", { name: "Done" }).click();
    const row = keyRow(page, "In its place");
    await expect(row).toContainText("Workspace: Storefront / Production");
    await expect(row).toContainText("Admin");
    expect(await presentKey(latchkey.server.url, token)).toBe("200");
    await page.getByRole("searchbox", { name: "Search API keys" }).fill("production");
    await expect(keyRow(page, "Default API Key")).toHaveCount(0);
    await expect(row).toBeVisible();
  });

  test("[P9] [S5] a role without effect on this key says so", async ({ page }) => {
    const dialog = await openForm(page);
    const verifier = dialog.getByRole("checkbox", { name: /^key_verifier/ });
    await openRoles(dialog);
    await expect(verifier).toHaveAccessibleDescription(/Has no effect at Member\.$/);
    await page.keyboard.press("Escape");
    await dialog.getByLabel("Access level", { exact: true }).click();
    await page.getByRole("option", { name: "Admin" }).click();
    await openRoles(dialog);
    await expect(verifier).not.toHaveAccessibleDescription(/Has no effect/);
    await page.keyboard.press("Escape");
    await dialog.getByRole("radio", { name: "Public" }).click();
    await openRoles(dialog);
    await expect(verifier).toHaveAccessibleDescription(/Has no effect on a public key\.$/);
    await dialog.getByRole("checkbox", { name: /^full_access/ }).click();
    await verifier.click();
    await expect(dialog.getByText("With these roles the key has no permissions.")).toBeVisible();
  });

  test("[L12] a namespace is found by typing, and the focus returns to the field", async ({ page }) => {
    const dialog = await openForm(page);
    const namespace = dialog.getByLabel("Namespace", { exact: true });
    const search = page.getByRole("combobox", { name: "Search namespaces" });
    await namespace.focus();
    await page.keyboard.press("ArrowDown");
    await expect(search).toBeFocused();
    await page.keyboard.type("no such thing");
    await expect(page.getByRole("option")).toHaveCount(0);
    await expect(dialog.getByText(/^Nothing matches\. 1 more is not offered/)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(namespace).toBeFocused();
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(search).toBeFocused();
    await page.keyboard.type("store");
    await expect(page.getByRole("option")).toHaveCount(3);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(namespace).toHaveText("Storefront / Production");
    await expect(namespace).toBeFocused();
  });

  test("[P7] the options load when the dialog opens: until then a skeleton, and a failure can be retried", async ({
    page,
  }) => {
    await signIn(page, latchkey.server.url, "OWNER");
    await page.goto(`${latchkey.server.url}${keysPath}`);
    const fail = (route: Route) => (route.request().method() === "POST" ? route.abort() : route.fallback());
    await page.route("**/api-keys*", fail);
    const dialog = await fillGenerateForm(page, { name: "Kept" });
    await expect(dialog.getByRole("alert")).toContainText("could not be loaded");
    await expect(dialog.getByRole("button", { name: "Generate", exact: true })).toBeDisabled();
    await page.unroute("**/api-keys*", fail);
    const held = deferred();
    const hold = async (route: Route) => {
      if (route.request().method() === "POST") await held.promise;
      await route.fallback();
    };
    await page.route("**/api-keys*", hold);
    await dialog.getByRole("button", { name: "Try again" }).click();
    await expect(dialog.getByRole("status", { name: "Loading the options" })).toBeVisible();
    // Submitted before the options are loaded, the form is sent once they are.
    await dialog.getByLabel("Name", { exact: true }).press("Enter");
    await expect(dialog.getByRole("button", { name: "Generate", exact: true })).toBeDisabled();
    held.resolve();
    await readRevealed(dialog);
    await copySecret(dialog);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(keyRow(page, "Kept")).toHaveCount(1);
  });

  test("[Y2] a person who may not generate keys sees who may", async ({ page }) => {
    await signIn(page, latchkey.server.url, "ADMIN");
    await page.goto(`${latchkey.server.url}${keysPath}`);
    await expect(page.getByText("Only owners generate keys in this organization.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Generate New Key" })).toHaveCount(0);
  });
});
