import type { Page } from "@playwright/test";
import { verifyToken } from "../support/api/api";
import {
  chooseAction,
  copySecret,
  fillGenerateForm,
  generateKey,
  keyRow,
  keysPath,
  readRevealed,
  rollDialog,
  rollKey,
} from "../support/browser/api-keys-page";
import { loseNextAnswer } from "../support/browser/network-faults";
import { expect, test } from "../support/browser/test";

const unanswered = /The server did not answer/;

test.describe("an answer that is lost", () => {
  test("to Generate: the list shows the key, and a second click does not create another", async ({
    signedInAs,
  }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const dialog = await fillGenerateForm(page, { name: "Lost once" });
    await loseNextAnswer(page);
    await dialog.getByRole("button", { name: "Generate", exact: true }).click();
    await expect(dialog.getByRole("alert")).toHaveText(unanswered);
    await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("Lost once");
    // The row is behind the open dialog, so it is present but hidden from assistive technology.
    await expect(page.locator("tbody tr").filter({ hasText: "Lost once" })).toHaveCount(1);
    await dialog.getByRole("button", { name: "Generate", exact: true }).click();
    await expect(dialog.getByRole("alert")).toContainText("was created, but its secret did not arrive");
    await dialog.getByRole("button", { name: "Roll it to get a secret" }).click();
    const { id } = await readRevealed(dialog);
    await copySecret(dialog);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(keyRow(page, "Lost once")).toHaveCount(1);
    expect(id).toMatch(/^key_/);
  });

  test("to Roll: the secret in use keeps its grace, and the lost new one is replaced", async ({
    signedInAs,
    latchkey,
  }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const old = await generateKey(page, { name: "Lost roll", choices: { accessLevel: "ADMIN" } });
    await chooseAction(page, old.name, "Roll");
    const dialog = rollDialog(page);
    // Wait for the data that the dialog loads when it opens.
    await expect(dialog.getByLabel("Impact")).toContainText("It was never used.");
    await loseNextAnswer(page);
    await dialog.getByRole("button", { name: "Roll", exact: true }).click();
    await expect(dialog.getByRole("alert")).toHaveText(unanswered);
    await dialog.getByRole("button", { name: "Roll", exact: true }).click();
    await expect(dialog.getByRole("alert")).toContainText("was rolled, but its secret did not arrive");
    await dialog.getByRole("button", { name: "Roll it to get a secret" }).click();
    const rolled = await readRevealed(dialog);
    await copySecret(dialog);
    await dialog.getByRole("button", { name: "Done" }).click();
    expect(await verifyToken(latchkey.server.url, rolled.token, rolled.token)).toBe("VALID current");
    expect(await verifyToken(latchkey.server.url, rolled.token, old.token)).toBe("VALID previous");
  });

  test("to a form: the input stays, and the second click saves", async ({ signedInAs }) => {
    const page = await signedInAs("MEMBER");
    await page.goto("/account/profile");
    const name = page.getByLabel("Your name");
    const before = await name.inputValue();
    await name.fill(`${before} Again`);
    await loseNextAnswer(page);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toHaveText(unanswered);
    await expect(name).toHaveValue(`${before} Again`);
    await name.fill(before);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Profile saved")).toBeVisible();
  });

  test("because the browser is offline: nothing is lost, and the page stays", async ({ signedInAs }) => {
    const page = await signedInAs("OWNER");
    await page.goto(keysPath);
    const dialog = await fillGenerateForm(page, { name: "In a tunnel", description: "Typed before it" });
    await page.context().setOffline(true);
    await dialog.getByRole("button", { name: "Generate", exact: true }).click();
    await expect(dialog.getByRole("alert")).toHaveText(unanswered);
    await expect(dialog.getByLabel("Description")).toHaveValue("Typed before it");
    await page.context().setOffline(false);
    await dialog.getByRole("button", { name: "Generate", exact: true }).click();
    await expect(dialog.getByLabel("Secret", { exact: true })).toBeVisible();
  });
});

test("two tabs edit one key: the second is told, keeps its input, and reverts nothing", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  await generateKey(page, { name: "Edited twice", description: "As it was" });
  const other = await page.context().newPage();
  await other.goto(`${keysPath}?search=Edited`);
  const dialogIn = async (tab: Page) => {
    await chooseAction(tab, "Edited twice", "Edit");
    return tab.getByRole("dialog", { name: "Edit key" });
  };
  const [first, second] = [await dialogIn(page), await dialogIn(other)];
  await first.getByLabel("Name", { exact: true }).fill("Edited by a colleague");
  await first.getByRole("button", { name: "Save" }).click();
  await expect(first).toBeHidden();
  await second.getByLabel("Description").fill("Mine");
  await second.getByRole("button", { name: "Save" }).click();
  await expect(second.getByRole("alert")).toHaveText(
    "This key was changed while you edited. Save again to keep your changes.",
  );
  await expect(second.getByLabel("Name", { exact: true })).toHaveValue("Edited by a colleague");
  await expect(second.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(
    /Somebody changed this/,
  );
  await expect(second.getByLabel("Description")).toHaveValue("Mine");
  await second.getByRole("button", { name: "Save" }).click();
  await expect(second).toBeHidden();
  await expect(keyRow(other, "Edited by a colleague")).toContainText("Mine");
});

test("[L3] while a key rolls, its details show both secrets, and the previous one can be ended", async ({
  signedInAs,
  latchkey,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const old = await generateKey(page, { name: "Ends early", choices: { accessLevel: "ADMIN" } });
  const current = await rollKey(page, old.name);
  await chooseAction(page, old.name, "View details");
  const rotation = page
    .getByRole("dialog", { name: "API Key Details" })
    .getByRole("region", { name: "Rotation" });
  await expect(rotation.getByText("Current secret", { exact: true })).toBeVisible();
  await expect(rotation.getByText("Previous secret", { exact: true })).toBeVisible();
  await rotation.getByRole("button", { name: "End grace now" }).click();
  const dialog = page.getByRole("dialog", { name: "End grace" });
  await dialog.getByRole("button", { name: "End grace now" }).click();
  await expect(dialog).toBeHidden();
  await expect(rotation).toBeHidden();
  expect(await verifyToken(latchkey.server.url, current, old.token)).toBe("ROLLED previous");
  expect(await verifyToken(latchkey.server.url, current, current)).toBe("VALID current");
});

test("rolling again during a grace asks which secret to end, and by default never ends one in use", async ({
  signedInAs,
  latchkey,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const old = await generateKey(page, { name: "Rolls again", choices: { accessLevel: "ADMIN" } });
  const lost = await rollKey(page, old.name);
  const again = await rollAgain(page, old.name, "Replace the new secret");
  const { url } = latchkey.server;
  expect(await verifyToken(url, again, old.token)).toBe("VALID previous");
  expect(await verifyToken(url, again, lost)).toBe("ROLLED previous");
  const dialog = rollDialog(page);
  // A use is written within half a second, but the dialog shows the state at its opening. So each attempt opens, reads
  // and closes it.
  await expect(async () => {
    await chooseAction(page, old.name, "Roll");
    await expect(dialog).toContainText(old.id);
    const impact = dialog.getByLabel("Impact");
    await expect(impact).toContainText(/Previous secret last used: (never|just now|.+ ago)/);
    const replace = await dialog.getByRole("radio", { name: "Replace the new secret" }).isDisabled();
    const roll = await dialog.getByRole("button", { name: "Roll", exact: true }).isDisabled();
    const said = await dialog.textContent();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog).toBeHidden();
    expect([replace, roll]).toEqual([true, true]);
    expect(said).toContain("Previous secret last used: just now");
    expect(said).toContain("Choose what happens to the previous secret");
    expect(said).toContain("Not available: a caller has already used the new secret");
  }).toPass();
  const last = await rollAgain(page, old.name, "End the previous secret now");
  expect(await verifyToken(url, last, old.token)).toBe("ROLLED previous");
  expect(await verifyToken(url, last, again)).toBe("VALID previous");
});

async function rollAgain(page: Page, name: string, choice: string): Promise<string> {
  await chooseAction(page, name, "Roll");
  const dialog = rollDialog(page);
  await dialog.getByRole("radio", { name: choice }).click();
  await dialog.getByRole("button", { name: "Roll", exact: true }).click();
  const { token } = await readRevealed(dialog);
  await copySecret(dialog);
  await dialog.getByRole("button", { name: "Done" }).click();
  return token;
}
