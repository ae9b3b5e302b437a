import { presentKey } from "../support/api/api";
import { copySecret, fillGenerateForm, keysPath, readRevealed } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { holdScripts } from "../support/browser/hold-scripts";
import { expect, test } from "../support/browser/test";
import { untilHydrated } from "../support/browser/until-hydrated";

test("[B9] the way from the keys to the reference, without signing in there", async ({
  signedInAs,
  browser,
  latchkey,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  await page.getByRole("link", { name: "API documentation" }).click();
  await expect(page).toHaveURL(/\/docs$/);
  await expect(page.getByRole("heading", { name: "Latchkey API", level: 1 })).toBeVisible();

  const context = await browser.newContext({ baseURL: latchkey.server.url });
  const stranger = await context.newPage();
  await stranger.goto("/docs");
  await expect(stranger.getByRole("heading", { name: "Verify a key" })).toBeVisible();
  await context.close();
});

test("[B9] the reference shows each operation's input, output and errors, with calls in three languages", async ({
  page,
  latchkey,
}) => {
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(latchkey.server.url)) elsewhere.push(request.url());
  });
  await page.goto("/docs#verifyKey");
  const verify = page.getByRole("region", { name: "Verify a key", exact: true });
  await expect(verify).toBeInViewport();
  await expect(verify.getByText("/v1/keys/verify", { exact: true })).toBeVisible();
  await expect(verify.getByText("Needs the permission keys:verify.")).toBeVisible();
  for (const field of ["permissions", "namespace", "ip", "valid", "limited_by"]) {
    await expect(verify.getByText(field, { exact: true }).first()).toBeVisible();
  }
  for (const [language, text] of [
    ["TypeScript", "await fetch("],
    ["Python", "requests.post("],
    ["curl", "curl -X POST"],
  ] as const) {
    await expect(async () => {
      await verify.getByRole("tab", { name: language }).click();
      await expect(verify.getByRole("tabpanel")).toContainText(text, { timeout: 500 });
    }).toPass();
  }
  await verify.getByRole("link", { name: "key_rolled" }).click();
  await expect(page).toHaveURL(/\/docs\/errors#key_rolled$/);
  await expect(page.getByRole("region", { name: "key_rolled 401" })).toBeInViewport();
  expect(elsewhere).toEqual([]);
});

test("[B9] a person tries a call, and the token is not stored", async ({ signedInAs, latchkey }) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const dialog = await fillGenerateForm(page, {
    name: "Tried in the reference",
    choices: { accessLevel: "ADMIN" },
  });
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  const { id, token } = await readRevealed(dialog);
  // The ready line contains this server's address, and not the token.
  const line = await dialog.getByText("curl -s").textContent();
  expect(line).toContain(`${latchkey.server.url}/v1/me`);
  expect(line).not.toContain(token);
  await expect(dialog.getByRole("link", { name: "API documentation" })).toHaveAttribute("href", "/docs");
  await copySecret(dialog);
  await dialog.getByRole("button", { name: "Done" }).click();

  await page.goto("/docs");
  const me = page.getByRole("region", { name: "What is this credential?" });
  await me.getByText("Try it").click();
  await me.getByRole("button", { name: "Send" }).click();
  await expect(me.getByText(/^401, request /)).toBeVisible();
  await me.getByLabel("Token").fill(token);
  await me.getByRole("button", { name: "Send" }).click();
  await expect(me.getByText(/^200, request /)).toBeVisible();
  await expect(me.getByRole("figure", { name: "the answer", exact: true })).toContainText(id);

  // Another form of the page has it too, and sends a body and path parameters.
  const create = page.getByRole("region", { name: "Create an application", exact: true });
  await create.getByText("Try it").click();
  await create.getByLabel("Body").fill('{"name":"Made in the reference"}');
  await create.getByRole("button", { name: "Send" }).click();
  await expect(create.getByText(/^201, request /)).toBeVisible();

  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
  );
  expect(kept).not.toContain(token);
  await page.reload();
  await me.getByText("Try it").click();
  await expect(me.getByLabel("Token")).toHaveValue("");
  expect(await presentKey(latchkey.server.url, token)).toBe("200");
});

test("a call sent before the page's script has loaded puts nothing into the address", async ({ page }) => {
  const loadScripts = await holdScripts(page);
  await page.goto("/docs", { waitUntil: "commit" });
  const verify = page.getByRole("region", { name: "Verify a key", exact: true });
  await verify.getByText("Try it").click();
  await verify.getByLabel("Body").fill('{"key":"a token of somebody"}');
  await verify.getByRole("button", { name: "Send" }).click();
  await loadScripts();
  await untilHydrated(verify.getByRole("button", { name: "Send" }));
  await expect(page).toHaveURL(/\/docs$/);
  await verify.getByRole("button", { name: "Send" }).click();
  await expect(verify.getByText(/^401, request /)).toBeVisible();
});

for (const path of ["/docs", "/docs/errors"]) {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    test(`axe finds nothing in ${path} at a width of ${width}`, async ({ page }) => {
      // Some 70 operations, in light and in dark: a minute on an idle machine, three on a busy one.
      test.setTimeout(360_000);
      await page.setViewportSize({ width, height });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page, path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
    });
  }
}
