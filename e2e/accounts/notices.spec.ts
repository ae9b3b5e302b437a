import type { Page } from "@playwright/test";
import { presentKey } from "../support/api/api";
import { generateKey, keysPath } from "../support/browser/api-keys-page";
import { expectNoSidewaysScrolling } from "../support/browser/by-keyboard";
import { expectAccessible } from "../support/browser/expect-accessible";
import { people } from "../support/browser/people";
import { expect, test } from "../support/browser/test";

const bell = (page: Page) => page.getByRole("banner").getByRole("link", { name: /^Notices/ });

test("[L17] the bell leads to the notice and on to its key, and shows no number once all are read", async ({
  browser,
  latchkey,
  signedInAs,
}) => {
  const owner = await signedInAs("OWNER");
  await owner.goto(keysPath);
  const { name, token } = await generateKey(owner, { name: "Told of" });
  const context = await browser.newContext({ baseURL: latchkey.server.url });
  const finder = await context.newPage();
  await finder.goto("/report-leak");
  await finder.getByLabel("Leaked key").fill(token);
  await finder.getByRole("button", { name: "Report and revoke" }).click();
  await expect(finder.getByRole("status").filter({ hasText: "The key was revoked" })).toBeVisible();
  expect(await presentKey(latchkey.server.url, token)).toBe("401 key_revoked");
  await context.close();

  // The notice follows the revocation within seconds.
  const notice = owner.getByRole("listitem").filter({ hasText: name });
  await expect(async () => {
    await owner.goto("/account/notices");
    await expect(notice).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(notice).toContainText(/found in public and revoked/);
  await expect(bell(owner)).toHaveAccessibleName(/^Notices, \d+ unread$/);
  await expectAccessible(owner, "notices, unread");
  await owner.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(owner, "notices, unread, on a phone");
  await expectNoSidewaysScrolling(owner, "notices");

  await owner.getByRole("button", { name: "Mark all as read" }).click();
  await expect(bell(owner)).toHaveAccessibleName("Notices");
  await expect(owner.getByRole("button", { name: "Mark all as read" })).toHaveCount(0);
  await owner.reload();
  await expect(notice).toBeVisible();
  await expect(owner.getByText("Unread:")).toHaveCount(0);
  await notice.getByRole("link").click();
  await expect(owner).toHaveURL(/settings\/api-keys\?status=/);

  // A member who created no key gets no notice.
  const member = await signedInAs("MEMBER");
  await member.goto("/account/notices");
  await expect(member.getByRole("heading", { name: "Notices", level: 1 })).toBeVisible();
  await expect(member.getByText(name)).toHaveCount(0);
});

test("[L17] a person chooses which notices come by mail, and the choice stays", async ({ signedInAs }) => {
  const page = await signedInAs("ADMIN");
  await page.goto("/account/notices");
  await page.getByRole("link", { name: "Choose what you get by mail" }).click();
  await expect(page.getByRole("heading", { name: "Notices by mail", level: 1 })).toBeVisible();
  await expect(page.getByText("This server sends no mail")).toBeVisible();
  const choice = page.getByRole("checkbox", { name: "Expiring keys" });
  await expect(
    page.getByText("A sign-in from a new browser and a shorter audit log always are."),
  ).toBeVisible();
  await expect(page.getByText(/so mostly at about \d/)).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "New browsers" })).toHaveCount(0);
  await expect(choice).toBeChecked();
  await choice.uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Choices saved")).toBeVisible();
  await page.reload();
  await expect(choice).not.toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Leaked keys" })).toBeChecked();
  await choice.check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Choices saved")).toBeVisible();
  await expect(choice).toBeChecked();
});

test("[L17] an older session needs the password to turn off urgent mails, and the choice stays meanwhile", async ({
  moveClock,
  signedInAs,
}) => {
  const page = await signedInAs("MEMBER");
  await moveClock(6 * 60_000);
  await page.goto("/account/notices/mail");
  const choice = page.getByRole("checkbox", { name: "New owners" });
  const save = page.getByRole("button", { name: "Save" });
  const password = page.getByLabel("Password");
  await choice.uncheck();
  await save.click();
  await expect(password).toBeFocused();
  await expect(choice).not.toBeChecked();
  await password.fill("not the password");
  await save.click();
  await expect(password).toHaveAttribute("aria-invalid", "true");
  await expect(choice).not.toBeChecked();
  await password.fill(people.MEMBER.password);
  await save.click();
  await expect(page.getByText("Choices saved")).toBeVisible();
  await expect(password).toHaveCount(0);
  await page.reload();
  await expect(choice).not.toBeChecked();
  await choice.check();
  await save.click();
  await expect(page.getByText("Choices saved")).toBeVisible();
  await expect(choice).toBeChecked();
});
