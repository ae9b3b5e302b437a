import { keyRow, keysPath } from "../support/browser/api-keys-page";
import { aboutMenus, expectAccessible } from "../support/browser/expect-accessible";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { createTestKey, pauseTestKey } from "../support/data/test-key";

test("[L13] axe finds nothing in the filters, the columns, the fields and the facts of subject, metadata and labels", async ({
  page,
}) => {
  test.slow();
  const latchkey = await startLatchkey(async (made) => {
    const organization = { id: made.organizationId, userIds: made.userIds };
    const long = "x".repeat(190);
    const { id } = await createTestKey(organization, {
      name: "Whose",
      subject: `acct_${long}`,
      metadata: `{"plan": "${"y".repeat(1900)}"}`,
      labels: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`n${index}`, "v".repeat(80)])),
    });
    await pauseTestKey(id);
  });
  try {
    await signIn(page, latchkey.server.url, "OWNER");
    await page.goto(
      `${latchkey.server.url + keysPath}?columns=type,namespace,subject,labels,createdBy&label=n1`,
    );
    const row = keyRow(page, "Whose");
    await expect(row).toBeVisible();
    await expectAccessible(page, "all columns, filtered");
    await page.getByRole("button", { name: "Columns" }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    await expectAccessible(page, "columns", aboutMenus);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    const filter = page.getByRole("dialog", { name: "Filter API keys" });
    await expect(filter.getByRole("checkbox").first()).toBeVisible();
    await expectAccessible(page, "filter");
    await filter.getByRole("tab", { name: "Last used" }).click();
    await expect(filter.getByRole("radio").first()).toBeVisible();
    await expectAccessible(page, "filter by time");
    await page.keyboard.press("Escape");

    await row.getByRole("button", { name: "Whose", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: "API Key Details" });
    await expect(sheet.getByRole("region", { name: "Metadata" })).toBeVisible();
    await expectAccessible(page, "details");
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page, "details, narrow");
    const overflow = await sheet.evaluate((element) =>
      [element, ...element.querySelectorAll("*")].some(
        (one) => one.getBoundingClientRect().right > window.innerWidth + 1,
      ),
    );
    expect(overflow).toBe(false);
    await sheet.getByRole("button", { name: "Edit" }).click();
    const edit = page.getByRole("dialog", { name: "Edit key" });
    await edit.getByLabel("Metadata").fill("{");
    await edit.getByLabel("Labels").fill("beta");
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(edit.getByLabel("Metadata")).toBeFocused();
    await expectAccessible(page, "edit, refused, narrow");
  } finally {
    await stopLatchkey(latchkey);
  }
});
