import type { Page } from "@playwright/test";
import { keysPath } from "@/e2e/support/browser/api-keys-page";
import { expectAccessible } from "@/e2e/support/browser/expect-accessible";
import type { MadePeople } from "@/e2e/support/browser/people";
import { expect, type Latchkey, signIn, startLatchkey, stopLatchkey, test } from "@/e2e/support/browser/test";
import { createTestKey } from "@/e2e/support/data/test-key";
import { database } from "@/lib/db/client";

let latchkey: Latchkey;

async function seed({ organizationId, userIds }: MadePeople): Promise<void> {
  const of = { id: organizationId, userIds };
  const called = await createTestKey(of, { name: "Called", accessLevel: "ADMIN" });
  const { id: secretId } = await database().apiKeySecret.findFirstOrThrow({ where: { keyId: called.id } });
  const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
  const usage = { organizationId, keyId: called.id, hour };
  await database().apiKeyUsageHour.create({ data: { ...usage, outcome: "VALID", calls: 1_200 } });
  await database().apiKeyCallerHour.createMany({
    data: (
      [
        ["10.4.12.50", 1_200, 4],
        ["203.0.113.9", 0, 26],
      ] as const
    ).map(([address, accepted, refused]) => ({
      ...{ ...usage, secretId, isRest: false, client: "curl/8", lastAt: new Date() },
      ...{ address, accepted, refused },
    })),
  });
  await createTestKey(of, { name: "Can do all", accessLevel: "OWNER" });
  const alone = await createTestKey(of, { name: "Fits no role", accessLevel: "ADMIN" });
  await database().apiKey.update({
    where: { id: alone.id },
    data: { lastUsedAt: new Date(), overPrivileged: true },
  });
  await database().apiKeyPermissionDay.create({
    data: {
      ...{ organizationId, keyId: alone.id, permission: "workspaces:update", calls: 7 },
      day: new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000),
    },
  });
}

test.beforeAll(async () => {
  latchkey = await startLatchkey(seed);
});
test.afterAll(() => stopLatchkey(latchkey));

async function openSheet(page: Page, name: string, level: "OWNER" | "ADMIN" = "OWNER") {
  await signIn(page, latchkey.server.url, level);
  await page.goto(`${latchkey.server.url}${keysPath}?search=${encodeURIComponent(name)}`);
  await page.getByRole("button", { name, exact: true }).click();
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await expect(sheet.getByRole("heading", { name: "Calls" })).toBeVisible();
  return sheet;
}

test("[L9] if no role fits, narrowing offers to create one with just what was used, and the counts are updated", async ({
  page,
}) => {
  test.slow();
  const sheet = await openSheet(page, "Fits no role");
  const overPrivileged = page.getByRole("button", { name: /^Over-privileged/, includeHidden: true });
  await expect(overPrivileged).toHaveText("Over-privileged 1");
  await sheet.getByRole("button", { name: "Narrow" }).click();
  const narrow = page.getByRole("dialog", { name: "Narrow key" });
  await expect(narrow).toContainText(/The narrowest roles still give \d+ permissions that it did not use/);
  await expectAccessible(page, "narrow without a fitting role");
  await narrow.getByRole("button", { name: "Create a role with just what it used" }).click();
  const create = page.getByRole("dialog", { name: "Create role" });
  await expect(create.getByLabel("Role ID")).toHaveValue("fits_no_role");
  await expect(create.getByLabel("Title")).toHaveValue("Fits no role");
  await expect(create.getByRole("checkbox", { checked: true })).toHaveCount(1);
  await expectAccessible(page, "a role that is filled in");
  await create.getByRole("button", { name: "Create" }).click();
  // Back in the first dialog, with the new role.
  await expect(narrow.getByRole("button", { name: "Remove role fits_no_role" })).toBeVisible();
  await expect(narrow).toContainText(/It loses \d+ permissions and keeps 1/);
  await narrow.getByRole("button", { name: "Save" }).click();
  await expect(narrow).toBeHidden();
  await expect(overPrivileged).toHaveText("Over-privileged 0");
});

test("[L3] the impact shows refused callers apart from those that a revocation would stop", async ({
  page,
}) => {
  const sheet = await openSheet(page, "Called");
  await sheet.getByRole("button", { name: "Revoke" }).click();
  const dialog = page.getByRole("dialog", { name: "Revoke key" });
  await expect(dialog.getByRole("list", { name: "Callers" }).getByRole("listitem")).toHaveText([
    /^10\.4\.12\.50curl\/81,2004 refused$/,
    /^203\.0\.113\.9curl\/826 refused$/,
  ]);
  const typed = dialog.getByRole("textbox", { name: /^Type \w{4}, the end of the key ID, to confirm$/ });
  await typed.fill("no such");
  await expect(typed).toHaveAttribute("aria-invalid", "true");
  await expect(typed).toHaveAccessibleDescription(
    /This does not match\. Type \w{4}, the end of the key ID, to confirm\.$/,
  );
  await expectAccessible(page, "callers that are refused, and a wrong confirmation");
  // A prefix of the id or of the key's name is not an error yet.
  await typed.fill("Call");
  await expect(typed).not.toHaveAttribute("aria-invalid");
});

test("[B2] an admin cannot replace a key that they could not generate", async ({ page }) => {
  const replace = page
    .getByRole("dialog", { name: "API Key Details" })
    .getByRole("listitem")
    .filter({ hasText: "Never expires" })
    .getByRole("button", { name: "Replace" });
  await openSheet(page, "Can do all", "ADMIN");
  await expect(replace).toBeDisabled();
  await expect(replace).toHaveAccessibleDescription("Only owners generate keys in this organization.");
  await signIn(page, latchkey.server.url, "OWNER");
  await page.goto(`${latchkey.server.url}/acme/settings/general`);
  await page.getByRole("radio", { name: "Owners and admins" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
  await openSheet(page, "Can do all", "ADMIN");
  await expect(replace).toBeDisabled();
  await expect(replace).toHaveAccessibleDescription(
    "Owner-level: only an owner of Acme can generate one like it, and you are Admin there.",
  );
  await openSheet(page, "Called", "ADMIN");
  await expect(replace).toBeEnabled();
});
