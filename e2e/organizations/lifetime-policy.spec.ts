import type { Page } from "@playwright/test";
import { database, inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { insertKey } from "@/lib/services/keys/insert-key";
import { presentKey, verifyToken } from "../support/api/api";
import { keyRow, keysPath } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import type { MadePeople } from "../support/browser/people";
import type { Latchkey } from "../support/browser/test";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";

const dayMs = 86_400_000;
const general = "/acme/settings/general";

/** Tokens by name of the keys that were there before. */
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
// A server of its own: the setting would end other tests' keys.
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

test("[L15] a maximum lifetime shows which keys end, ends them at once, and gives the time back", async ({
  page,
}) => {
  await asOwner(page);
  await save(page, "30");
  const dialog = page.getByRole("dialog", { name: "Set the maximum lifetime to 30 days?" });
  await expect(dialog).toContainText("2 keys will expire at once, and 1 key will expire within 7 days.");
  await expect(dialog).toContainText(
    "In the last 24 hours, 1,234 calls were made with the keys that end at once",
  );
  const ofOwner = dialog.getByRole("list", { name: "Keys of Olivia Owner" });
  await expect(ofOwner.getByRole("listitem")).toHaveText([
    "BillingEnds at once · 1,234 calls in 24 hours",
    "Nightly exportEnds at once · not used in 24 hours",
  ]);
  await expect(dialog.getByRole("list", { name: "Keys of Adam Admin" })).toContainText("Deploy");
  await expectAccessible(page, "the keys that end");

  // Nothing is saved before it is confirmed.
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  expect(await verify("Billing")).toBe("VALID current");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const confirm = dialog.getByRole("button", { name: "Save and end 2 keys" });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel("Type the number of keys that end to confirm").fill("2");
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

test("[L15] where an expiry is required, Generate offers what the policy allows and says why not the rest", async ({
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
  const dialog = page.getByRole("dialog", { name: "Generate New Key" });
  await dialog.getByLabel("Name", { exact: true }).fill("Bounded");
  await expect(dialog.getByLabel("Expiration")).toContainText("60 days, the maximum");
  await dialog.getByLabel("Expiration").click();
  const never = page.getByRole("option", { name: "Never expire" });
  await expect(never).toBeDisabled();
  await expect(never).toContainText("New keys of this organization need an expiry");
  await expect(page.getByRole("option", { name: "90 days" })).toContainText(
    "The maximum lifetime is 60 days",
  );
  await page.getByRole("option", { name: "30 days" }).click();
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  await expect(dialog.getByLabel("API Key ID")).toBeVisible();
});

test("[L15] a maximum that is no whole number of days is refused at its field", async ({ page }) => {
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
