import { randomBytes } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { database } from "@/lib/db/client";
import { invite, memberRow, membersPath } from "../support/browser/members-page";
import { people } from "../support/browser/people";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { startMailServer } from "../support/processes/mail-server";

const invalid = "This invitation is invalid or was already used.";
const opensNothing = async (page: Page, link: string) => {
  await page.goto(link);
  await expect(page.getByText(invalid)).toBeVisible();
};

async function elsewhere(browser: Browser, baseURL: string): Promise<Page> {
  return (await browser.newContext({ baseURL })).newPage();
}

test("[L12] [B1] an admin invites a member, and sees and revokes only members' invitations", async ({
  browser,
  latchkey,
  signedInAs,
}) => {
  const owner = await signedInAs("OWNER");
  await owner.goto(membersPath);
  const above = await invite(owner, "above@example.com", "ADMIN");
  await invite(owner, "below@example.com", "MEMBER");

  const admin = await signedInAs("ADMIN");
  await admin.goto(membersPath);
  const list = admin.getByRole("list", { name: "Invitations" });
  await expect(list).toContainText("below@example.com");
  await expect(list).not.toContainText("above@example.com");

  await admin.getByRole("button", { name: "Invite member" }).click();
  const dialog = admin.getByRole("dialog", { name: "Invite member" });
  await expect(dialog.getByLabel("Access level")).toHaveText("Member");
  await expect(dialog.getByLabel("Access level")).toHaveAccessibleDescription(
    "Owner and Admin are not offered: an admin can only invite below their own level. Ask an owner.",
  );
  await dialog.getByLabel("Access level").click();
  await expect(admin.getByRole("option")).toHaveText(["Member"]);
  await admin.keyboard.press("Escape");
  await dialog.getByLabel("Email").fill("above@example.com");
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(dialog.getByLabel("Email")).toHaveAccessibleDescription(
    "An owner has invited this person to a higher level",
  );
  await dialog.getByRole("button", { name: "Cancel" }).click();

  const link = await invite(admin, "by-adam@example.com");
  await expect(list).toContainText("by-adam@example.com");
  await expect(list).toContainText(`Invited by ${people.ADMIN.name}`);
  for (const email of ["by-adam@example.com", "below@example.com"]) {
    await admin.getByRole("button", { name: `Revoke the invitation of ${email}` }).click();
    await expect(admin.getByText(`The invitation for ${email} was revoked`)).toBeVisible();
    // Invitations of other tests may still be listed.
    await expect(list.getByText(email)).toHaveCount(0);
  }

  const page = await elsewhere(browser, latchkey.server.url);
  await opensNothing(page, link);
  await page.goto(above);
  await expect(page.getByRole("heading", { name: "Join Acme" })).toBeVisible();
  await page.context().close();
});

test("[L12] an invitation is sent again: the first link stops working, and the new one works", async ({
  browser,
  latchkey,
  signedInAs,
}) => {
  const owner = await signedInAs("OWNER");
  await owner.goto(membersPath);
  const email = "again@example.com";
  const first = await invite(owner, email, "ADMIN");
  await owner.getByRole("button", { name: `Invite ${email} again` }).click();
  const dialog = owner.getByRole("dialog", { name: "Invite again" });
  await expect(dialog).toContainText("The previous one stops working.");
  await expect(dialog.getByLabel("Email")).toHaveValue(email);
  await expect(dialog.getByLabel("Access level")).toHaveText("Admin");
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  const second = await dialog.getByLabel("Invitation link").inputValue();
  // Mail is off here, so the dialog does not mention it.
  await expect(dialog).not.toContainText(/sent|mail server/i);
  await dialog.getByRole("button", { name: "Copy" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  await expect(owner.getByRole("listitem").filter({ hasText: email })).toHaveCount(1);

  const page = await elsewhere(browser, latchkey.server.url);
  await opensNothing(page, first);
  await page.goto(second);
  await page.getByLabel("Your name").fill("Agnes Again");
  await page.getByLabel("Password").fill("a password of a new person");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await page.context().close();
});

test("[L12] the link is only mailed, and the dialog says whether the mail was sent", async ({ browser }) => {
  test.slow();
  const refused = "refused@example.com";
  const mail = await startMailServer({
    onRcptTo: ({ address }, _session, done) => done(address === refused ? new Error("No") : null),
  });
  const latchkey = await startLatchkey(undefined, { SMTP_URL: mail.url });
  const { url, output } = latchkey.server;
  const owner = await elsewhere(browser, url);
  await signIn(owner, url, "OWNER");
  await owner.goto(membersPath);
  const dialog = owner.getByRole("dialog", { name: "Invite member" });
  const send = async (email: string) => {
    await owner.getByRole("button", { name: "Invite member" }).click();
    await dialog.getByLabel("Email").fill(email);
    await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  };
  const isOver = async () => {
    await expect(dialog.getByLabel("Invitation link")).toHaveCount(0);
    await dialog.getByRole("button", { name: "Done" }).click();
  };

  await send("nora@example.com");
  await expect(dialog.getByRole("status").filter({ hasText: "We sent" })).toContainText(
    "We sent the invitation to nora@example.com",
  );
  await isOver();
  // The owner may have been mailed a notice of a sign-in from a new browser.
  const toNora = mail.received.filter(({ to }) => to.includes("nora@example.com"));
  expect(toNora.length).toBe(1);
  const mailed = /http:\S+\/invite\/[\w-]{43}/.exec(toNora[0]?.body ?? "")?.[0] ?? "";
  const nora = await elsewhere(browser, url);
  await nora.goto(mailed);
  await nora.getByLabel("Your name").fill("Nora New");
  await nora.getByLabel("Password").fill("a password of a new person");
  await nora.getByRole("button", { name: "Join" }).click();
  await expect(nora.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await nora.context().close();

  const failed = dialog.getByRole("alert");
  await send(refused);
  await expect(failed).toContainText("The mail could not be sent");
  await isOver();
  await mail.close();
  await send("dead@example.com");
  await expect(failed).toContainText("The mail could not be sent");
  await isOver();
  // Both invitations are in the list and can be sent again.
  await expect(owner.getByRole("button", { name: "Invite dead@example.com again" })).toBeVisible();
  await expect(owner.getByRole("button", { name: `Invite ${refused} again` })).toBeVisible();
  expect(output()).not.toContain(mailed.slice(-43));
  expect(output()).toContain("a mail was not sent");
  await owner.context().close();
  await stopLatchkey(latchkey);
});

test("[L12] many invitations are paged, latest first, and can be revoked on each page", async ({
  browser,
}) => {
  const emailOf = (index: number) => `many-${String(index).padStart(2, "0")}@example.com`;
  const latchkey = await startLatchkey(async ({ organizationId, userIds }) => {
    const start = Date.now() - 3_600_000;
    const made = Array.from({ length: 41 }, (_, index) => ({
      organizationId,
      email: emailOf(index),
      accessLevel: "MEMBER" as const,
      tokenHash: new Uint8Array(randomBytes(32)),
      invitedById: userIds.OWNER,
      createdAt: new Date(start + index * 1000),
      expiresAt: new Date(start + (index === 0 ? 1000 : 86_400_000)),
    }));
    await database().invitation.createMany({ data: made });
  });
  const { url } = latchkey.server;
  const page = await elsewhere(browser, url);
  await signIn(page, url, "OWNER");
  await page.goto(membersPath);
  const items = page.getByRole("list", { name: "Invitations" }).getByRole("listitem");
  const pages = page.getByRole("navigation", { name: "Pages of invitations" });
  await expect(items).toHaveCount(20);
  await expect(items.first()).toContainText(emailOf(40));
  await expect(pages.getByRole("button", { name: "Later" })).toBeDisabled();
  await pages.getByRole("button", { name: "Earlier" }).click();
  await expect(items.first()).toContainText(emailOf(20));
  await pages.getByRole("button", { name: "Earlier" }).click();
  await expect(page).toHaveURL(/[?&]invitations=3/);
  await expect(items).toHaveCount(1);
  await expect(items).toContainText("Expired");
  await expect(pages.getByRole("button", { name: "Earlier" })).toBeDisabled();
  // The members above stay on their page.
  await expect(memberRow(page, people.MEMBER.email)).toBeVisible();
  // It is the only invitation on this page, so the new last page is shown.
  await page.getByRole("button", { name: `Revoke the invitation of ${emailOf(0)}` }).click();
  await expect(items).toHaveCount(20);
  await expect(pages).toContainText("Page 2 of 2, 40 invitations");
  await page.goBack();
  await expect(page).toHaveURL(/[?&]invitations=2/);
  await page.context().close();
  await stopLatchkey(latchkey);
});
