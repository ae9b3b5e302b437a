import { readFileSync } from "node:fs";
import { generateKey, keysPath } from "../support/browser/api-keys-page";
import { expectAccessible } from "../support/browser/expect-accessible";
import { expect, test } from "../support/browser/test";

test("[L7] the audit log is filtered, its entries open, and the matching ones are exported", async ({
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
  await page.getByRole("link", { name: "All entries about this key" }).click();
  await expect(page.getByRole("button", { name: "Remove filter: Object is Audited key" })).toBeVisible();
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

test("[L7] entries are found by their target's name or token, in the search and in the filter", async ({
  ownOrganization,
}) => {
  const { page, keysPath: path } = await ownOrganization();
  await page.goto(path);
  const { token, id } = await generateKey(page, { name: "Night courier" });
  await generateKey(page, { name: "Day courier" });
  await page.getByRole("link", { name: "Audit log" }).click();
  const table = page.getByRole("table", { name: "Audit log" });
  const entries = table.getByRole("button", { name: /^Details of entry/ });
  const search = page.getByRole("searchbox", { name: "Search the audit log" });
  await expect(async () => {
    await search.fill("night");
    await expect(entries).toHaveCount(1, { timeout: 5_000 });
  }).toPass();
  await expect(table).toContainText("generated Night courier");
  await search.fill("courier action:generated");
  await expect(entries).toHaveCount(2);
  await search.fill(token);
  await expect(search).toHaveValue(id);
  await expect(entries).toHaveCount(1);
  expect(page.url()).not.toContain(token.slice(-38));
  await search.fill("no such courier");
  await expect(page.getByText("Nothing found for “no such courier”")).toBeVisible();
  await search.fill("");
  await expect(entries.nth(2)).toBeVisible();

  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Filter the audit log" });
  const object = dialog.getByLabel("Object");
  await object.fill(token);
  await expect(object).toHaveValue(id);
  await object.fill(token.slice(-40));
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(dialog.getByText("That looks like a secret, so it stays out of the address")).toBeVisible();
  // Only the browser shows these, in a list of its own.
  await object.fill("night cou");
  await expect(dialog.locator(`option[value="${id}"]`)).toHaveAttribute("label", "Night courier");
  await object.fill("day courier");
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("button", { name: "Remove filter: Object is day courier" })).toBeVisible();
  await expect(entries).toHaveCount(1);
  await expect(page.getByRole("link", { name: "Checkpoint" })).toHaveAccessibleDescription(
    /Keep the file where nobody who runs this server can change it.*npm run audit:verify/,
  );
  await expectAccessible(page, "the audit log, narrowed to a key by its name");

  await page.goto(`${path}?key=${id.slice(4)}`);
  const sheet = page.getByRole("dialog", { name: "API Key Details" });
  await sheet.getByRole("tab", { name: /^Activity/ }).click();
  await sheet.getByRole("link", { name: "Show them in the audit log" }).click();
  await expect(page.getByRole("button", { name: "Remove filter: Object is Night courier" })).toBeVisible();
  await expect(entries).toHaveCount(1);
});
