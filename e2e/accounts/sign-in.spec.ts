import { openAccountMenu } from "../support/browser/account-menu";
import { holdScripts } from "../support/browser/hold-scripts";
import { organizationSlug, people } from "../support/browser/people";
import { expect, test } from "../support/browser/test";

const keysPath = `/${organizationSlug}/settings/api-keys`;

test.describe("signing in", () => {
  test("says the same for an unknown email and a wrong password", async ({ page }) => {
    const alerts: string[] = [];
    for (const email of ["nobody@example.com", people.OWNER.email]) {
      await page.goto("/sign-in");
      await page.getByLabel("Email").fill(email);
      await page.getByLabel("Password").fill("not the password");
      await page.getByRole("button", { name: "Sign in" }).click();
      const alert = page.getByRole("alert").filter({ hasText: /./ });
      await expect(alert).toHaveCount(1);
      alerts.push((await alert.textContent()) ?? "");
    }
    expect(alerts[0]).toBe(alerts[1]);
  });

  test("leads to the requested page", async ({ page }) => {
    await page.goto(`${keysPath}?status=all`);
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await page.getByLabel("Email").fill(people.OWNER.email);
    await page.getByLabel("Password").fill(people.OWNER.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(new RegExp(`${keysPath}\\?status=all$`));
  });

  test("pressed before hydration is carried out afterwards, without the password in the URL", async ({
    page,
  }) => {
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url(), request.headers().referer ?? ""));
    page.on("framenavigated", (frame) => addresses.push(frame.url()));
    const loadScripts = await holdScripts(page);
    await page.goto("/sign-in", { waitUntil: "commit" });
    await page.getByLabel("Email").fill(people.OWNER.email);
    await page.getByLabel("Password").fill(people.OWNER.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await expect(page.getByLabel("Password")).toHaveValue(people.OWNER.password);
    await loadScripts();
    await expect(page.getByRole("button", { name: "Account menu" })).toBeVisible();
    const words = people.OWNER.password.split(" ");
    const told = addresses.filter((address) => words.some((word) => address.includes(word)));
    expect(told).toEqual([]);
  });

  test("without any script sends nothing", async ({ browser, latchkey }) => {
    const context = await browser.newContext({ baseURL: latchkey.server.url, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto("/sign-in");
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));
    await page.getByLabel("Email").fill(people.OWNER.email);
    await page.getByLabel("Password").fill(people.OWNER.password);
    await page.getByLabel("Password").press("Enter");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    // The browser may fetch the page's icon at any time.
    expect(addresses.filter((address) => new URL(address).pathname !== "/icon.svg")).toEqual([]);
    await context.close();
  });

  test("never leads to another site, whatever the URL says", async ({ page, latchkey }) => {
    for (const next of ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
      await page.context().clearCookies();
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await page.getByLabel("Email").fill(people.OWNER.email);
      await page.getByLabel("Password").fill(people.OWNER.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("button", { name: "Account menu" }).waitFor();
      expect(new URL(page.url()).origin).toBe(latchkey.server.url);
    }
  });
});

test.describe("signing out", () => {
  test("ends the session permanently: Back shows nothing, and the cookie no longer works", async ({
    signedInAs,
  }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    await expect(page.getByRole("heading", { name: "API keys" })).toBeVisible();
    const cookies = await page.context().cookies();
    await page.goto("/account");

    await openAccountMenu(page);
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);

    await page.goBack();
    await expect(page.getByRole("table", { name: "API keys" })).toHaveCount(0);
    await expect(page).toHaveURL(/\/sign-in/);

    // An earlier copy of the cookie finds no session in the database.
    await page.context().addCookies(cookies);
    await page.goto(keysPath);
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test("in one tab signs out the other at its next step", async ({ signedInAs }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const other = await page.context().newPage();
    await other.goto("/account");
    await openAccountMenu(other);
    await other.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(other).toHaveURL(/\/sign-in/);

    await page.reload();
    await expect(page).toHaveURL(/\/sign-in/);
  });
});
