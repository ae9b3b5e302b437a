import { presentKey } from "../support/api/api";
import {
  chooseAction,
  copySecret,
  filterBy,
  generateDialog,
  keyRow,
  keysPath,
  readRevealed,
} from "../support/browser/api-keys-page";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { createTestKey } from "../support/data/test-key";

test("[P5] an expired key is duplicated: the same settings, a new id, secret and lifetime", async ({
  page,
}) => {
  const latchkey = await startLatchkey(async (made) => {
    const namespace = { type: "organization", id: made.organizationId } as const;
    const dayMs = 24 * 60 * 60 * 1000;
    const createdAt = new Date(Date.now() - 31 * dayMs);
    await createTestKey(
      { id: made.organizationId, userIds: made.userIds },
      {
        name: "Nightly export",
        description: "Reads the reports",
        accessLevel: "ADMIN",
        namespace,
        roles: ["read_only"],
        createdAt,
        expiresAt: new Date(createdAt.getTime() + 30 * dayMs),
        allowedAddresses: ["127.0.0.0/8"],
        rateLimit: { requests: 500, seconds: 60 },
      },
    );
  });
  const { url } = latchkey.server;
  try {
    await signIn(page, url, "OWNER");
    await page.goto(`${url}${keysPath}`);
    await filterBy(page, "Expired");
    await chooseAction(page, "Nightly export", "Duplicate");
    const dialog = generateDialog(page);
    await expect(dialog).toContainText("With the settings of “Nightly export”");
    await expect(dialog.getByRole("radio", { name: "30 days" })).toBeChecked();
    await expect(dialog.getByLabel("Access level", { exact: true })).toContainText("Admin");
    await expect(dialog.getByRole("button", { name: "Advanced" })).toHaveAttribute("aria-expanded", "true");
    await expect(dialog.getByLabel("Allowed addresses")).toHaveValue("127.0.0.0/8");
    await dialog.getByRole("button", { name: "Generate", exact: true }).click();
    const { token } = await readRevealed(dialog);
    await copySecret(dialog);
    await dialog.getByRole("button", { name: "Done" }).click();
    await filterBy(page, "Active");
    const row = keyRow(page, "Nightly export");
    await expect(row).toContainText("Active");
    expect(await presentKey(url, token)).toBe("200");
    await row.getByRole("button", { name: "Nightly export", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: "API Key Details" });
    for (const text of ["Reads the reports", "read_only", "127.0.0.0/8", "500"]) {
      await expect(sheet).toContainText(text);
    }
  } finally {
    await stopLatchkey(latchkey);
  }
});
