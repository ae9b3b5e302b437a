import { presentKey } from "../support/api/api";
import { generateKey, keyRow, keysPath } from "../support/browser/api-keys-page";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";

test("[Y2] an owner decides who may create keys, and it applies to an admin's next page", async ({
  browser,
}) => {
  // A separate server, because the setting would change what other tests see.
  const latchkey = await startLatchkey();
  const baseURL = latchkey.server.url;
  const owner = await (await browser.newContext({ baseURL })).newPage();
  const admin = await (await browser.newContext({ baseURL })).newPage();
  await signIn(owner, baseURL, "OWNER");
  await signIn(admin, baseURL, "ADMIN");
  await admin.goto(keysPath);
  await expect(admin.getByRole("button", { name: "Generate New Key" })).toHaveCount(0);

  await owner.goto("/acme/settings/general");
  await owner.getByLabel("Organization name").fill("Acme & Daughters");
  await owner.getByRole("radio", { name: "Owners and admins" }).click();
  await owner.getByRole("button", { name: "Save" }).click();
  await expect(owner.getByText("Settings saved")).toBeVisible();
  await owner.reload();
  await expect(owner.getByLabel("Organization name")).toHaveValue("Acme & Daughters");
  await expect(owner.getByRole("radio", { name: "Owners and admins" })).toBeChecked();

  await admin.reload();
  await expect(admin.getByRole("button", { name: "Generate New Key" })).toBeVisible();
  await admin.goto("/acme/settings/general");
  await expect(admin.getByLabel("Organization name")).toHaveJSProperty("readOnly", true);
  await expect(admin.getByRole("button", { name: "Save" })).toHaveCount(0);
  await owner.context().close();
  await admin.context().close();
  await stopLatchkey(latchkey);
});

test("a blank name is refused at its field, and nothing is saved", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  await page.goto("/acme/settings/general");
  const name = page.getByLabel("Organization name");
  const before = await name.inputValue();
  await name.fill("   ");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(name).toHaveAccessibleDescription("Organization name is required");
  await page.reload();
  await expect(name).toHaveValue(before);
});

test("[P1] an owner gives the organization a token prefix, sees how tokens will look, and new keys have it", async ({
  browser,
}) => {
  // A separate server, because other tests expect `lk_`.
  const latchkey = await startLatchkey();
  const { url } = latchkey.server;
  const page = await (await browser.newContext({ baseURL: url })).newPage();
  await signIn(page, url, "OWNER");
  await page.goto("/acme/settings/general");
  const prefix = page.getByLabel("Token prefix");
  await expect(prefix).toHaveAccessibleDescription(/New tokens look like lk_sk_…/);
  await prefix.fill("ghp");
  await expect(prefix).toHaveAccessibleDescription(/New tokens look like ghp_sk_…/);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(prefix).toHaveAccessibleDescription(/This prefix is reserved/);
  await prefix.fill("acme");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
  await page.reload();
  await expect(prefix).toHaveValue("acme");
  await page.goto(keysPath);
  const { token } = await generateKey(page, { name: "Prefixed" });
  expect(token).toMatch(/^acme_sk_[0-9A-Za-z]{54}$/);
  expect(await presentKey(url, token)).toBe("200");
  await page.getByRole("searchbox", { name: "Search API keys" }).fill(token);
  await expect(page).toHaveURL(/search=/);
  await expect(keyRow(page, "Prefixed")).toBeVisible();
  expect(page.url()).not.toContain(token.slice(-30));
  await page.context().close();
  await stopLatchkey(latchkey);
});
