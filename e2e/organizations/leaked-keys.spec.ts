import { generateKey, keyRow, keysPath } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { people } from "../support/browser/people";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";

test("[L6] an owner has leaked keys paused, a report pauses one, and everybody sees why", async ({
  browser,
}) => {
  test.slow();
  // A separate server, because the setting would change what other tests see.
  const latchkey = await startLatchkey();
  const { server } = latchkey;
  const baseURL = server.url;
  const page = await (await browser.newContext({ baseURL })).newPage();
  await signIn(page, baseURL, "OWNER");
  await page.goto(keysPath);
  const { name, token, id } = await generateKey(page, {
    name: "Seen in public",
    choices: { accessLevel: "ADMIN" },
  });
  await server.shiftClock(6 * 60_000);
  await page.goto("/acme/settings/general");
  const pauses = page.getByRole("checkbox", { name: "Pause it instead of revoking it" });
  await expect(pauses).not.toBeChecked();
  await pauses.check();
  await expectAccessible(page, "general settings");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByLabel("Password").fill(people.OWNER.password);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
  await page.reload();
  await expect(pauses).toBeChecked();

  const stranger = await (await browser.newContext({ baseURL })).newPage();
  await stranger.goto("/report-leak");
  await stranger.getByLabel("Leaked key").fill(token);
  await stranger.getByRole("button", { name: "Report and revoke" }).click();
  await expect(stranger.getByRole("status").filter({ hasText: "The key was paused" })).toContainText(id);
  await expectAccessible(stranger, "a report that paused a key");

  await page.goto("/acme");
  await expect(page.getByText("A leaked key was paused", { exact: true })).toBeVisible();
  await page.goto(`${keysPath}?status=all&search=Seen`);
  await expect(keyRow(page, name)).toContainText("Leaked");
  await page.getByRole("button", { name, exact: true }).click();
  await expect(page.getByRole("dialog", { name: "API Key Details" })).toContainText(
    "Paused because it leaked",
  );
  await stranger.context().close();
  await page.context().close();
  await stopLatchkey(latchkey);
});
