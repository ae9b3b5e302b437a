import { presentKey } from "../support/api/api";
import { copySecret, fillGenerateForm, keysPath, readRevealed } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { holdScripts } from "../support/browser/hold-scripts";
import { expect, test } from "../support/browser/test";

const verifyPath = "/docs/api/keys/verifyKey";

test("[B9] the documentation is linked from the keys page, and is readable without signing in", {
  tag: "@deployed",
}, async ({ signedInAs, browser, latchkey }) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  await page.getByRole("main").getByRole("link", { name: "API documentation" }).click();
  await expect(page).toHaveURL(/\/docs$/);
  await expect(page.getByRole("heading", { name: "Quickstart", level: 1 })).toBeVisible();

  const context = await browser.newContext({ baseURL: latchkey.server.url });
  const stranger = await context.newPage();
  await stranger.goto("/docs");
  const contents = stranger.getByRole("navigation", { name: "Documentation" });
  for (const link of ["API reference", "Keys", "Verify a key"]) {
    await contents.getByRole("link", { name: link, exact: true }).click();
  }
  await expect(stranger.getByRole("heading", { name: "Verify a key", level: 1 })).toBeVisible();
  await expect(stranger).toHaveTitle("Verify a key · Latchkey");
  await expect(contents.getByRole("link", { name: "Verify a key", exact: true })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await stranger.getByRole("link", { name: "Next Verify up to 100 keys" }).click();
  await expect(stranger.getByRole("heading", { name: "Verify up to 100 keys", level: 1 })).toBeVisible();
  await stranger.getByRole("link", { name: "Previous Verify a key" }).click();
  await expect(stranger.getByRole("heading", { name: "Verify a key", level: 1 })).toBeVisible();
  await context.close();
});

test("[B9] the reference shows each operation's input, output and errors, with calls in three languages", {
  tag: "@deployed",
}, async ({ page, latchkey }) => {
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(latchkey.server.url)) elsewhere.push(request.url());
  });
  await page.goto(verifyPath);
  const main = page.getByRole("main");
  await expect(main.getByText("/v1/keys/verify", { exact: true })).toBeVisible();
  await expect(main.getByText("Needs the permission keys:verify.")).toBeVisible();
  await expect(main.getByRole("heading", { name: "Response", exact: true })).toBeVisible();
  for (const field of ["permissions", "namespace", "ip", "valid", "limited_by"]) {
    await expect(main.getByText(field, { exact: true }).first()).toBeVisible();
  }
  for (const [language, text] of [
    ["TypeScript", "await fetch("],
    ["Python", "requests.post("],
    ["curl", "curl -X POST"],
  ] as const) {
    await expect(async () => {
      await main.getByRole("tab", { name: language }).click();
      await expect(main.getByRole("tabpanel")).toContainText(text, { timeout: 500 });
    }).toPass();
  }
  await page.keyboard.press("ArrowRight");
  await expect(main.getByRole("tab", { name: "TypeScript" })).toBeFocused();
  await expect(main.getByRole("tabpanel")).toContainText("await fetch(");
  await main.getByRole("link", { name: "key_rolled" }).click();
  await expect(page).toHaveURL(/\/docs\/errors#key_rolled$/);
  await expect(page.getByRole("region", { name: "key_rolled 401" })).toBeInViewport();
  expect(elsewhere).toEqual([]);
});

test("links into the former one-page reference still lead to the right page", { tag: "@deployed" }, async ({
  page,
}) => {
  for (const [old, now] of [
    ["/docs#verifyKey", verifyPath],
    ["/docs#user-groups", "/docs/api/user-groups"],
    ["/docs#never_was_there", "/docs"],
  ]) {
    await page.goto("about:blank");
    await page.goto(old ?? "");
    await expect(page).toHaveURL(new RegExp(`${now}(#.*)?$`));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  expect((await page.request.get("/docs/api/keys/noSuchOperation")).status()).toBe(404);
});

test("the search finds operations, fields, errors and guides by keyboard alone", {
  tag: "@deployed",
}, async ({ page }) => {
  await page.goto("/docs");
  const dialog = page.getByRole("dialog", { name: "Search the documentation" });
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(dialog).toBeVisible({ timeout: 1000 });
  }).toPass();
  const search = dialog.getByRole("combobox", { name: "Search" });
  await expect(search).toBeFocused();
  const first = dialog.getByRole("option").first();
  for (const [typed, found] of [
    ["roll a", "Roll a key"],
    ["key_expired", "key_expired"],
    ["middleware", "Protect your API with the middleware"],
  ] as const) {
    await search.fill(typed);
    await expect(first).toContainText(found);
    await expect(first).toHaveAttribute("aria-selected", "true");
  }
  await search.fill("nothing has this name");
  await expect(dialog.getByRole("status")).toHaveText("Nothing found. Try fewer or shorter words.");
  await expectAccessible(page, "the search");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Search the documentation" })).toBeFocused();

  await page.keyboard.press("Control+k");
  await search.fill("grace_seconds");
  await expect(first).toContainText("Body field grace_seconds");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/docs\/api\/keys\/rollKey#body-grace_seconds$/);
  await expect(dialog).toBeHidden();
  await expect(page.getByText("grace_seconds", { exact: true }).first()).toBeInViewport();
});

test("on a phone the contents open below the bar and close when a page is chosen", {
  tag: "@deployed",
}, async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(verifyPath);
  const contents = page.getByRole("navigation", { name: "Contents" });
  await expect(contents).toBeHidden();
  await page.getByText("Contents").click();
  await expectAccessible(page, "the contents on a phone");
  await contents.getByRole("link", { name: "Roll a key", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Roll a key", level: 1 })).toBeVisible();
  await expect(contents).toBeHidden();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(height).toBeLessThan(8_000);
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
  // The command to copy contains this server's URL, but not the token.
  const line = await dialog.getByText("curl -s").textContent();
  expect(line).toContain(`${latchkey.server.url}/v1/me`);
  expect(line).not.toContain(token);
  await expect(dialog.getByRole("link", { name: "API documentation" })).toHaveAttribute("href", "/docs");
  await copySecret(dialog);
  await dialog.getByRole("button", { name: "Done" }).click();

  await page.goto("/docs/api/credentials/readMe");
  const main = page.getByRole("main");
  await main.getByText("Try it").click();
  await main.getByRole("button", { name: "Send" }).click();
  await expect(main.getByText(/^401, request /)).toBeVisible();
  await main.getByLabel("Token").fill(token);
  await main.getByRole("button", { name: "Send" }).click();
  await expect(main.getByText(/^200, request /)).toBeVisible();
  await expect(main.getByRole("figure", { name: "the response", exact: true })).toContainText(id);

  // The token is also in the form of another page, which sends a query, path parameters and a body.
  const contents = page.getByRole("navigation", { name: "Documentation" });
  const openForm = async (topic: string, operation: string) => {
    await contents.getByRole("link", { name: topic, exact: true }).click();
    await main.getByRole("link", { name: new RegExp(`^${operation}`) }).click();
    await expect(page.getByRole("heading", { name: operation, level: 1 })).toBeVisible();
    await main.getByText("Try it").click();
  };
  await openForm("Users", "List users");
  await main.getByLabel("access_level").selectOption("OWNER");
  await main.getByRole("button", { name: "Send" }).click();
  await expect(main.getByText(/^200, request /)).toBeVisible();
  const response = main.getByRole("figure", { name: "the response", exact: true });
  await expect(response).toContainText("olivia@example.com");
  await expect(response).not.toContainText("adam@example.com");
  await openForm("Keys", "Create a key");
  await main.getByLabel("access_level").selectOption("ADMIN");
  await expect(main.getByLabel("Body")).toHaveValue(/"access_level": "ADMIN"/);
  await openForm("Applications", "Create an application");
  await main.getByLabel("Body").fill('{"name":"Made in the reference"}');
  await main.getByRole("button", { name: "Send" }).click();
  await expect(main.getByText(/^201, request /)).toBeVisible();

  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
  );
  expect(kept).not.toContain(token);
  await page.reload();
  await main.getByText("Try it").click();
  await expect(main.getByLabel("Token")).toHaveValue("");
  expect(await presentKey(latchkey.server.url, token)).toBe("200");
});

test("a form opened before hydration works once the script has loaded", { tag: "@deployed" }, async ({
  page,
}) => {
  const loadScripts = await holdScripts(page);
  await page.goto(verifyPath, { waitUntil: "commit" });
  const main = page.getByRole("main");
  await main.getByText("Try it").click();
  await loadScripts();
  await main.getByLabel("Body").fill('{"key":"a token of somebody"}');
  await main.getByRole("button", { name: "Send" }).click();
  await expect(main.getByText(/^401, request /)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`${verifyPath}$`));
});

for (const path of ["/docs", "/docs/api", "/docs/api/keys", "/docs/api/keys/createKey", "/docs/errors"]) {
  test(`axe finds nothing in ${path}, at 1440, 390 and 320`, { tag: "@deployed" }, async ({ page }) => {
    for (const width of [1440, 390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      if (path.endsWith("createKey")) await page.getByText("Try it").click();
      await expectAccessible(page, `${path} at ${width}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
    }
  });
}
