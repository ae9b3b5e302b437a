import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/browser/expect-accessible";
import { people } from "../support/browser/people";
import type { Latchkey } from "../support/browser/test";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import type { MailServer } from "../support/processes/mail-server";
import { startMailServer } from "../support/processes/mail-server";

const newPassword = "a password of a forgetful person";

/** The form names the account to password managers in a hidden field that cannot be focused. */
async function expectUsername(page: Page, email: string): Promise<void> {
  const field = page.locator('input[autocomplete="username"]');
  await expect(field).toHaveValue(email);
  await expect(field).toHaveAttribute("type", /^(text|email)$/);
}

test.describe("with a mail server", () => {
  let mail: MailServer;
  let latchkey: Latchkey;
  test.beforeAll(async () => {
    mail = await startMailServer();
    latchkey = await startLatchkey(undefined, { SMTP_URL: mail.url });
  });
  test.afterAll(async () => {
    await stopLatchkey(latchkey);
    await mail.close();
  });

  /** Filters by subject, because notices of sign-ins from new browsers are mailed too. */
  const mailed = (subject: string) =>
    mail.received.filter(({ head }) => head.includes(`Subject: ${subject}`));

  test("a forgotten password is replaced through a link, which ends all sessions", async ({ browser }) => {
    const { url } = latchkey.server;
    const { email, password } = people.MEMBER;
    const elsewhere = await (await browser.newContext({ baseURL: url })).newPage();
    await signIn(elsewhere, url, "MEMBER");
    await elsewhere.goto("/account/profile");
    const page = await (await browser.newContext({ baseURL: url })).newPage();
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill(email);
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await expectAccessible(page, "asking for a reset link");
    await expect(page.getByLabel("Email")).toHaveValue(email);
    const said: string[] = [];
    for (const typed of ["nobody@example.com", email]) {
      await page.goto("/forgot-password");
      await page.getByLabel("Email").fill(typed);
      await page.getByRole("button", { name: "Send reset link" }).click();
      const status = page.getByRole("status").filter({ hasText: "Check your email" });
      await expect(status).toContainText(typed);
      await expect(page.getByLabel("Email")).toHaveValue(typed);
      said.push(((await status.textContent()) ?? "").replace(typed, "it"));
    }
    expect(said[0]).toBe(said[1]);
    await expect.poll(() => mailed("Reset your Latchkey password").length).toBe(1);
    const [reset] = mailed("Reset your Latchkey password");
    const link = /http:\S+\/reset-password\/[\w-]{43}/.exec(reset?.body ?? "")?.[0] ?? "";

    // A mail program that opens the link first does not use it up.
    const looked = await page.request.get(link);
    expect(looked.headers()["cache-control"]).toBe("no-store");
    expect(looked.headers()["referrer-policy"]).toMatch(/^(no-referrer|same-origin)$/);
    await page.goto(link);
    await expectUsername(page, email);
    await expectAccessible(page, "setting a new password");
    const field = page.getByLabel("New password");
    await field.fill("password1234");
    await page.getByRole("button", { name: "Set new password" }).click();
    await expect(field).toHaveAccessibleDescription(/common.*Use four unrelated words/);
    await field.fill(newPassword);
    await page.getByRole("button", { name: "Show" }).click();
    await expect(field).toHaveAttribute("type", "text");
    await page.getByRole("button", { name: "Set new password" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Your password was changed" })).toBeVisible();
    await elsewhere.reload();
    await expect(elsewhere).toHaveURL(/\/sign-in/);
    for (const [typed, outcome] of [
      [password, page.getByRole("alert").filter({ hasText: "incorrect" })],
      [newPassword, page.getByRole("button", { name: "Account menu" })],
    ] as const) {
      await page.getByLabel("Email").fill(email);
      await page.getByLabel("Password").fill(typed);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(outcome).toBeVisible();
    }
    await expect.poll(() => mailed("Your Latchkey password was changed").length).toBe(1);
    expect(mailed("Reset your Latchkey password").length).toBe(1);

    // The used link says so and links to the next step.
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
    await page.getByRole("link", { name: "Send a new link" }).click();
    await expect(page.getByRole("button", { name: "Send reset link" })).toBeVisible();
    expect(latchkey.server.output()).not.toContain(link.slice(-43));
  });
});

test("without a mail server the page says what to do instead", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByText("npm run owner:reset -- email")).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await expectAccessible(page, "no mail to reset by");
  await page.goto("/reset-password/used");
  await expect(page.getByText("npm run owner:reset -- email")).toBeVisible();
  await expect(page.getByRole("link", { name: "Send a new link" })).toHaveCount(0);
});

test("every used link has a way on", async ({ page }) => {
  for (const path of ["/invite/used", "/set-password/used", "/setup?token=used", "/reset-password/used"]) {
    await page.goto(path);
    await page.getByRole("link", { name: "Sign in" }).click();
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  }
});

test("every form that asks the signed-in person for a password names them to password managers", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto("/account/security");
  await expectUsername(page, people.OWNER.email);
});
