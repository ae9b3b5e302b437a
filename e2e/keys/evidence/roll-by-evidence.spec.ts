import type { Page } from "@playwright/test";
import { database } from "@/lib/db/client";
import { rollKey } from "@/lib/services/keys/roll-key";
import {
  chooseAction,
  copySecret,
  generateKey,
  keysPath,
  rollDialog,
} from "../../support/browser/api-keys-page";
import { expectAccessible } from "../../support/browser/expect-accessible";
import type { MadePeople } from "../../support/browser/people";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "../../support/browser/test";
import { ownerContext } from "../../support/data/owner-context";
import { createTestKey } from "../../support/data/test-key";
import { value } from "../../support/data/test-organization";

const hour = 60 * 60 * 1000;
const ago = (hours: number) => new Date(Date.now() - hours * hour);
let latchkey: Latchkey;

/** Keys rolled 30 hours ago whose grace ends after a day without calls. The new secret of some is in use. */
async function seed(made: MadePeople): Promise<void> {
  const { organizationId: id, userIds } = made;
  const rolled = async (name: string, use: { readonly version: number; readonly at: Date } | null) => {
    const key = await createTestKey({ id, userIds }, { name, accessLevel: "ADMIN" });
    const owner = await ownerContext(made, ago(30));
    value(await rollKey(owner, { keyId: key.id, graceSeconds: 7 * 24 * 3600, version: 1, silentHours: 24 }));
    if (use === null) return;
    const where = { keyId: key.id, version: use.version };
    await database().apiKeySecret.updateMany({ where, data: { lastUsedAt: use.at } });
  };
  await rolled("Has moved", { version: 2, at: ago(2) });
  await rolled("Has not begun", null);
  await rolled("Still there", { version: 1, at: ago(3) });
}

test.beforeAll(async () => {
  latchkey = await startLatchkey(seed);
});
test.afterAll(() => stopLatchkey(latchkey));

async function openSheet(page: Page, name: string) {
  await page.goto(`${latchkey.server.url}${keysPath}?search=${encodeURIComponent(name)}`);
  await page.getByRole("button", { name, exact: true }).click();
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await expect(sheet.getByRole("heading", { name: "Calls" })).toBeVisible();
  return sheet;
}

test("[L3] a roll can end its grace once the previous secret is unused, and the key shows that", async ({
  page,
}) => {
  test.slow();
  await signIn(page, latchkey.server.url, "OWNER");
  await page.goto(`${latchkey.server.url}${keysPath}`);
  const { name } = await generateKey(page, { name: "Moves soon", choices: { accessLevel: "ADMIN" } });
  await chooseAction(page, name, "Roll");
  const dialog = rollDialog(page);
  const early = dialog.getByRole("checkbox", { name: "End it earlier once it is no longer used" });
  // A grace of twelve hours is over before a day without calls.
  await expect(early).toHaveCount(0);
  await dialog.getByRole("radio", { name: "7 days" }).click();
  await early.check();
  await expect(early).toHaveAccessibleDescription(
    /After 24 hours without a call, if the new secret is in use/,
  );
  await expectAccessible(page, "a roll that ends by evidence");
  await dialog.getByRole("button", { name: "Roll", exact: true }).click();
  await copySecret(dialog);
  await dialog.getByRole("button", { name: "Done" }).click();
  const sheet = await openSheet(page, name);
  const rotation = sheet.getByRole("region", { name: "Rotation" });
  await expect(rotation).toContainText(
    /at the latest\. It ends once nobody has used it for 24 hours and the new one is in use\./,
  );
  await expectAccessible(page, "a grace that waits for silence");
});

test("[L3] the grace ends once all callers have moved, and the key's history says who ended it and why", async ({
  page,
}) => {
  test.slow();
  await signIn(page, latchkey.server.url, "OWNER");
  // The server checks for such keys right after its start.
  await expect(async () => {
    const sheet = await openSheet(page, "Has moved");
    await expect(sheet.getByRole("region", { name: "Rotation" })).toHaveCount(0, { timeout: 1_000 });
  }).toPass();
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await sheet.getByRole("tab", { name: "Activity" }).click();
  const [newest] = [sheet.getByRole("tabpanel").getByRole("listitem").first()];
  await expect(newest).toContainText(/Latchkey ended the grace period of the previous secret/);
  await expectAccessible(page, "a grace that ended by evidence");
});

test("[L3] a grace goes on while the new secret is unused or the previous one is in use", async ({
  page,
}) => {
  await signIn(page, latchkey.server.url, "OWNER");
  for (const name of ["Has not begun", "Still there"]) {
    const sheet = await openSheet(page, name);
    await expect(sheet.getByRole("region", { name: "Rotation" })).toContainText("at the latest");
  }
});
