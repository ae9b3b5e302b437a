import { generateKey, keysPath } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { expect, test } from "../support/browser/test";

test("[B5] a person created by a key sets a password once through the link, and is signed in", async ({
  browser,
  latchkey,
  signedInAs,
}) => {
  const { url } = latchkey.server;
  const owner = await signedInAs("OWNER");
  await owner.goto(keysPath);
  const { token } = await generateKey(owner, { name: "Creates users", choices: { accessLevel: "ADMIN" } });
  const created = await fetch(`${url}/v1/users`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ email: "made-by-a-key@example.com", name: "Made Bykey", access_level: "MEMBER" }),
  });
  expect(created.status).toBe(201);
  const { password_link: link } = (await created.json()) as { password_link: string };

  const page = await (await browser.newContext({ baseURL: url })).newPage();
  const path = new URL(link).pathname;
  await page.goto(path);
  await expect(page.getByLabel("Email")).toHaveValue("made-by-a-key@example.com");
  await expectAccessible(page, "setting a password");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/at least 12 characters/);
  await page.getByLabel("Password").fill("a password that is long enough");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByRole("button", { name: "Account menu" })).toBeVisible();
  await expect(page.getByRole("link", { name: "API keys" })).toHaveCount(0);

  const second = await (await browser.newContext({ baseURL: url })).newPage();
  await second.goto(path);
  await expect(second.getByText("This link is invalid or was already used.")).toBeVisible();
});
