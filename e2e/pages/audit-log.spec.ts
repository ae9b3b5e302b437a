import { readFileSync } from "node:fs";
import { generateKey, keysPath } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { expect, test } from "../support/browser/test";

test("[L7] the audit log is narrowed, its entries open, and what is left is exported", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  await generateKey(page, { name: "Audited key" });
  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByRole("heading", { name: "Audit log", level: 1 })).toBeVisible();
  const table = page.getByRole("table", { name: "Audit log" });
  await expect(table.getByRole("row").filter({ hasText: "generated Audited key" })).toBeVisible();
  await expect(table.getByRole("row").filter({ hasText: "signed in" }).first()).toBeVisible();

  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Filter the audit log" });
  await dialog.getByLabel("Address").fill("1.2.3");
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(dialog.getByText("This is not an IP address")).toBeVisible();
  await dialog.getByLabel("Address").fill("");
  await dialog.getByRole("combobox", { name: "Action" }).click();
  await page.getByRole("option", { name: "Key: generated" }).click();
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("button", { name: "Remove filter: Action is Key: generated" })).toBeVisible();
  await expect(table.getByRole("row").filter({ hasText: "signed in" })).toHaveCount(0);

  const entry = table.getByRole("row").filter({ hasText: "generated Audited key" });
  await entry.getByRole("button", { name: /^Details of entry/ }).click();
  await page.getByRole("link", { name: "All entries about it" }).click();
  await expect(page.getByRole("button", { name: /^Remove filter: Object is key_/ })).toBeVisible();
  await expect(table.getByRole("button", { name: /^Details of entry/ })).toHaveCount(1);
  await expectAccessible(page, "audit log, an entry open");

  for (const [name, check] of [
    ["CSV", /^\uFEFFentry,at,action,.*\r\n\d+,[^\r]*,key\.generated,[^\r]*Audited key[^\r]*\r\n$/],
    ["JSON Lines", /^\{"entry":\d+,.*"action":"key\.generated",.*"target_name":"Audited key".*\}\n$/],
  ] as const) {
    await page.getByRole("button", { name: "Export" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name }).click();
    expect(readFileSync(await (await download).path(), "utf8")).toMatch(check);
  }
});
