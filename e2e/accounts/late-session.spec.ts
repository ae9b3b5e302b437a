import type { Locator } from "@playwright/test";
import { chooseLevel, membersPath } from "../support/browser/members-page";
import { people } from "../support/browser/people";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";

/** Presses the button, answers the password prompt wrongly first and sees the error, then confirms. */
async function confirmIn(form: Locator, button: string): Promise<void> {
  const send = form.getByRole("button", { name: button, exact: true });
  await send.click();
  await form.getByLabel("Password").fill("wrong password");
  await send.click();
  await expect(form.getByLabel("Password")).toHaveAccessibleDescription(/incorrect/);
  await form.getByLabel("Password").fill(people.OWNER.password);
  await send.click();
}

test("everything that gives OWNER power asks an older session for the password, on every page", async ({
  page,
}) => {
  const latchkey = await startLatchkey();
  const { server } = latchkey;
  await signIn(page, server.url, "OWNER");
  let late = 0;
  const waitSixMinutes = () => server.shiftClock(++late * 6 * 60_000);

  await page.goto(server.url + membersPath);
  await waitSixMinutes();
  await page.getByRole("button", { name: "Invite member" }).click();
  const invitation = page.getByRole("dialog", { name: "Invite member" });
  await invitation.getByLabel("Email").fill("another.owner@example.com");
  await invitation.getByLabel("Access level").click();
  await page.getByRole("option", { name: "Owner", exact: true }).click();
  await confirmIn(invitation, "Invite");
  await expect(invitation.getByLabel("Invitation link")).toBeVisible();
  await invitation.getByRole("button", { name: "Copy" }).click();
  await invitation.getByRole("button", { name: "Done" }).click();

  await waitSixMinutes();
  const raise = await chooseLevel(page, people.MEMBER.name, "OWNER");
  await confirmIn(raise, "Change level");
  await expect(page.getByText(`${people.MEMBER.name} is Owner now`)).toBeVisible();

  await waitSixMinutes();
  await page.goto(`${server.url}/acme/settings/general`);
  const general = page.getByRole("main");
  await general.getByLabel("Organization name").fill("Acme & Daughters");
  await general.getByRole("radio", { name: "Owners and admins" }).click();
  await confirmIn(general, "Save");
  await expect(page.getByText("Settings saved")).toBeVisible();
  await page.reload();
  await expect(general.getByRole("radio", { name: "Owners and admins" })).toBeChecked();
  await expect(general.getByLabel("Organization name")).toHaveValue("Acme & Daughters");

  // A new name gives nobody any power, so no password is needed.
  await waitSixMinutes();
  await general.getByLabel("Organization name").fill("Acme");
  await general.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
  await stopLatchkey(latchkey);
});
