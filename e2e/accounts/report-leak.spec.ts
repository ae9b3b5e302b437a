import { presentKey } from "../support/api/api";
import { generateKey, keysPath } from "../support/browser/api-keys-page";
import { expectNoSidewaysScrolling } from "../support/browser/by-keyboard";
import { expectAccessible } from "../support/browser/expect-accessible";
import { expect, test } from "../support/browser/test";

test("[L6] anybody who found a key can end it without signing in, and learns nothing about others", async ({
  browser,
  latchkey,
  signedInAs,
}) => {
  const { url } = latchkey.server;
  const owner = await signedInAs("OWNER");
  await owner.goto(keysPath);
  const { name, token } = await generateKey(owner, { name: "Found in a repository" });
  const context = await browser.newContext({ baseURL: url, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto("/report-leak");
  await expect(page.getByRole("heading", { name: "Report a leaked key", level: 1 })).toBeVisible();
  await expectAccessible(page, "reporting a leak");
  await expectNoSidewaysScrolling(page, "reporting a leak");
  const field = page.getByLabel("Leaked key");
  const button = page.getByRole("button", { name: "Report and revoke" });
  const status = page.getByRole("status").filter({ hasText: "revoked" });
  await field.fill(token);
  await button.click();
  await expect(status).toContainText("The key was revoked");
  await expectAccessible(page, "a report that revoked a key");
  expect(await presentKey(url, token)).toBe("401 key_revoked");
  for (const text of [token, "lk_sk_no"]) {
    await page.reload();
    await field.fill(text);
    await button.click();
    await expect(status).toContainText("Nothing was revoked");
    await expect(status).toContainText("This is not a secret key that works here.");
  }
  await context.close();
  await owner.goto(`${keysPath}?status=revoked&search=Found`);
  await owner.getByRole("row").filter({ hasText: name }).first().click();
  await expect(
    owner
      .getByRole("dialog")
      .getByText(/leaked/i)
      .first(),
  ).toBeVisible();
});
