import type { Page } from "@playwright/test";
import { database, inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { insertKey } from "@/lib/services/keys/insert-key";
import { presentKey, verifyToken } from "../support/api/api";
import { generateDialog, keyRow, keysPath } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { type MadePeople, people } from "../support/browser/people";
import type { Latchkey } from "../support/browser/test";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";

const dayMs = 86_400_000;
const general = "/acme/settings/general";

/** Tokens of the existing keys, by key name. */
const tokens: Record<string, string> = {};

async function seed({ organizationId, userIds }: MadePeople): Promise<void> {
  const make = async (name: string, daysAgo: number, creator: "OWNER" | "ADMIN" = "OWNER") => {
    const { id, token } = await inTransaction((transaction) =>
      insertKey(transaction, {
        ...{ organizationId: organizationId as OrganizationId, creatorId: userIds[creator], name },
        ...{ description: "", type: "secret", accessLevel: "ADMIN", roles: ["full_access"] },
        ...{ namespace: { type: "organization", id: organizationId }, expiresAt: null },
        createdAt: new Date(Date.now() - daysAgo * dayMs),
      }),
    );
    tokens[name] = token;
    return id;
  };
  await make("Witness", 1);
  await make("Nightly export", 35);
  await make("Deploy", 27, "ADMIN");
  const billing = await make("Billing", 40);
  const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000);
  await database().apiKeyUsageHour.create({
    data: { organizationId, keyId: billing, hour, calls: 1234, outcome: "VALID" },
  });
}

let latchkey: Latchkey;
// A separate server, because the setting would end other tests' keys.
test.beforeAll(async () => {
  latchkey = await startLatchkey(seed);
});
test.afterAll(() => stopLatchkey(latchkey));

async function asOwner(page: Page): Promise<void> {
  await signIn(page, latchkey.server.url, "OWNER");
}
const url = (path: string) => `${latchkey.server.url}${path}`;
const verify = (name: string) => verifyToken(latchkey.server.url, tokens.Witness ?? "", tokens[name] ?? "");

async function save(page: Page, days: string): Promise<void> {
  await page.goto(url(general));
  await page.getByLabel("Maximum lifetime").fill(days);
  await page.getByRole("button", { name: "Save", exact: true }).click();
}

test("[L15] a maximum lifetime shows which keys end, ends them at once, and revives them when removed", async ({
  page,
}) => {
  await asOwner(page);
  await save(page, "30");
  const dialog = page.getByRole("dialog", { name: "Set the maximum lifetime to 30 days?" });
  await expect(dialog).toContainText(
    "2 keys will expire at once, 1 key will expire within 7 days, and 1 more key will expire earlier.",
  );
  await expect(dialog).toContainText(
    "In the last 24 hours, 1,234 calls were made with the keys that end at once",
  );
  await expect(dialog.getByRole("img", { name: /^Calls in the last 24 hours/ })).toBeVisible();
  await expect(dialog.getByRole("list", { name: "Keys that end" }).getByRole("listitem")).toHaveText([
    /^Billing.*1,234.*Ends at once · created by Olivia Owner$/,
    /^Nightly export.*Ends at once · created by Olivia Owner$/,
    /^Deploy.*Ends in 3 days · created by Adam Admin$/,
  ]);
  await dialog.getByText("1 more key will expire earlier", { exact: true }).click();
  await expect(
    dialog.getByRole("list", { name: "Keys that expire earlier" }).getByRole("listitem"),
  ).toHaveText([/^Witness.*Ends in 29 days · created by Olivia Owner$/]);
  await expectAccessible(page, "the keys that end");

  // Nothing is saved before it is confirmed.
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
  expect(await verify("Billing")).toBe("VALID current");
  // In an older session it needs the password too, after the review.
  await latchkey.server.shiftClock(6 * 60_000);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const confirm = dialog.getByRole("button", { name: "Save and end 2 keys" });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel("Type 2, the number of keys that end, to confirm").fill("2");
  await confirm.click();
  // The review stays open, keeps its input, and asks for the password itself.
  const password = dialog.getByLabel("Password");
  await expect(password).toBeFocused();
  await expect(password).toHaveAccessibleDescription("Enter your password to continue");
  await expect(page.getByLabel("Password")).toHaveCount(1);
  await expect(dialog.getByLabel("Type 2, the number of keys that end, to confirm")).toHaveValue("2");
  await expectAccessible(page, "the review that asks for the password");
  await password.fill("not the password");
  await password.press("Enter");
  await expect(password).toHaveAttribute("aria-invalid", "true");
  expect(await verify("Billing")).toBe("VALID current");
  // Cancelling saves nothing and keeps no state: the keys are reviewed again.
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel("Password")).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
  await expect(page.getByLabel("Maximum lifetime")).toHaveValue("30");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await dialog.getByLabel("Type 2, the number of keys that end, to confirm").fill("2");
  await confirm.click();
  await password.fill(people.OWNER.password);
  await confirm.click();
  await expect(page.getByText(/Settings saved\. \d+ keys now expire earlier\./)).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel("Maximum lifetime")).toHaveValue("30");

  expect(await verify("Billing")).toBe("EXPIRED current");
  expect(await presentKey(latchkey.server.url, tokens.Billing ?? "")).toBe("401 key_expired");
  expect(await verify("Deploy")).toBe("VALID current");
  await page.goto(url(keysPath));
  await expect(keyRow(page, "Deploy")).toContainText("in 3 days");
  await expect(keyRow(page, "Deploy")).toContainText("set by policy");
  await expect(keyRow(page, "Billing")).toHaveCount(0);
  await keyRow(page, "Deploy").getByRole("button", { name: "Deploy", exact: true }).click();
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await expect(sheet).toContainText("Set by policy: the maximum lifetime is 30 days");
  await page.goto(url(`${keysPath}?status=expired`));
  await expect(keyRow(page, "Billing")).toContainText("Expired");

  await save(page, "");
  await expect(page.getByText("Settings saved")).toBeVisible();
  expect(await verify("Billing")).toBe("VALID current");
});

test("[L15] where an expiry is required, Generate offers what the policy allows and says why the rest is not offered", async ({
  page,
}) => {
  await asOwner(page);
  await page.goto(url(general));
  await page.getByLabel("Require an expiry").check();
  await page.getByLabel("Maximum lifetime").fill("60");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Settings saved")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Require an expiry")).toBeChecked();

  await page.goto(url(keysPath));
  await page.getByRole("button", { name: "Generate New Key" }).click();
  const dialog = generateDialog(page);
  await dialog.getByLabel("Name", { exact: true }).fill("Bounded");
  await expect(dialog.getByRole("radio", { name: "60 days" })).toBeChecked();
  await expect(dialog.getByRole("radiogroup", { name: "Expiration" })).toHaveAccessibleDescription(
    /^This organization requires an expiry\. Keys live at most 60 days\. Expires about/,
  );
  const never = dialog.getByRole("radio", { name: "Never expire" });
  await expect(never).toBeDisabled();
  await expect(never).toHaveAccessibleDescription("This organization requires an expiry.");
  // The disabled choice can be focused, and shows why it cannot be chosen.
  await dialog.getByRole("radio", { name: "60 days" }).focus();
  for (const _ of ["30 days", "7 days", "Never expire"]) await page.keyboard.press("ArrowLeft");
  await expect(never).toBeFocused();
  await expect(dialog.getByRole("tooltip")).toHaveText("This organization requires an expiry.");
  await expect(never).not.toBeChecked();
  await expect(dialog.getByRole("radio", { name: "90 days" })).toHaveCount(0);
  await dialog.getByRole("radio", { name: "30 days" }).check();
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(dialog.getByLabel("API Key ID")).toBeVisible();
});

test("[L15] a maximum that is not a whole number of days is refused at its field", async ({ page }) => {
  await asOwner(page);
  for (const [days, message] of [
    ["0", "Enter 1 to 3650 days, or leave it empty"],
    ["4000", "Enter 1 to 3650 days, or leave it empty"],
    ["two", "Enter a whole number of days"],
  ] as const) {
    await save(page, days);
    await expect(page.getByLabel("Maximum lifetime")).toHaveAccessibleDescription(new RegExp(`${message}$`));
    await expect(page.getByLabel("Maximum lifetime")).toHaveValue(days);
  }
});
