import { signInByForm } from "../support/api/raw-requests";
import { openAccountMenu } from "../support/browser/account-menu";
import { generateDialog, keysPath } from "../support/browser/api-keys-page";
import { people } from "../support/browser/people";
import { expect, startLatchkey, stopLatchkey, test } from "../support/browser/test";

// As behind a proxy that does not pass on Host: the server sees another host than APP_URL's.

test("a wrong Host is reported on the page, in the dialog and in the menu, with the correct URL", async ({
  browser,
}) => {
  const appUrl = "http://keys.lan:3000";
  const latchkey = await startLatchkey(undefined, { APP_URL: appUrl });
  const { url } = latchkey.server;
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  const refusal = new RegExp(
    `This request did not come from a page of this dashboard\\. It is at ${appUrl}\\..*Host header`,
  );

  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(people.OWNER.email);
  await page.getByLabel("Password").fill(people.OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: refusal })).toBeVisible();

  // Signs in as a program without an Origin header, to get a session that can view the dashboard.
  const { email, password } = people.OWNER;
  const { answer } = await signInByForm(latchkey.server, { email, password });
  for (const cookie of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    await context.addCookies([{ name, value, url }]);
  }
  await page.goto(keysPath);
  await page.getByRole("button", { name: "Generate New Key" }).click();
  const dialog = generateDialog(page);
  await expect(dialog.getByRole("alert").getByText(refusal)).toBeVisible();
  await page.keyboard.press("Escape");
  await openAccountMenu(page);
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByText(refusal)).toBeVisible();

  const warnings = latchkey.server
    .output()
    .split("\n")
    .filter((line) => line.includes("was refused"));
  expect(warnings.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ host: new URL(url).host, origin: url, APP_URL: appUrl }),
  ]);
  await context.close();
  await stopLatchkey(latchkey);
});
