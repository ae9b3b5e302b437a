import type { Page } from "@playwright/test";
import { andThen, behindButton, behindMenu, choose, keys, press, type Shot, settings, visit } from "./shot";

const hundred = settings("api-keys?pageSize=100");
const busiest = settings("api-keys?sort=lastUsed&direction=desc");

const selected = andThen(keys, async (page) => {
  const all = page.getByRole("checkbox", { name: "Select all keys on this page" });
  await all
    .or(page.getByRole("button", { name: "Select keys" }))
    .first()
    .waitFor();
  if (await all.isVisible()) await all.check();
  else {
    await press(page, "Select keys");
    await page
      .getByRole("checkbox", { name: /^Select / })
      .first()
      .check();
  }
  await page.getByRole("toolbar", { name: "Selected keys" }).getByText("in 24 hours").waitFor();
});

const bulk = (verb: string) =>
  andThen(selected, async (page) => {
    const bar = page.getByRole("toolbar", { name: "Selected keys" });
    await bar.getByRole("button", { name: verb, exact: true }).click();
    await page.getByRole("dialog").waitFor();
  });

const bulkMore = (verb: string) =>
  andThen(selected, async (page) => {
    await choose(page, verb, "More actions for selected keys");
  });

const filter = (kind: string) =>
  andThen(behindButton(keys, /^Filter/), (page) => page.getByRole("tab", { name: kind }).click());

const sheet = behindMenu(keys, "View details");
const tab = (name: string) =>
  andThen(sheet, (page) => page.getByRole("dialog").getByRole("tab", { name }).click());

/** The sheet of the first key whose row has this text. */
const sheetOf = (text: string) =>
  andThen(settings("api-keys?status=all&pageSize=100"), async (page) => {
    const row = page.getByRole("row").filter({ hasText: text }).first();
    await row.getByRole("button", { name: /^Actions for / }).click();
    await page.getByRole("menuitem", { name: "View details", exact: true }).click();
    await page.getByRole("dialog").waitFor();
  });

async function generate(page: Page, name: string): Promise<void> {
  await press(page, "Generate New Key");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  await dialog.getByLabel("API Key ID").waitFor();
}

const lists: readonly Shot[] = [
  { name: "keys", byKeys: true, open: keys },
  { name: "keys-all", byKeys: true, open: settings("api-keys?status=all") },
  { name: "keys-member", as: "chloe@example.com", open: visit("/account/api-keys/{organization}") },
  { name: "keys-admin", as: "ben@example.com", open: keys },
  { name: "keys-hundred", open: hundred },
  { name: "keys-nothing-found", byKeys: true, open: settings("api-keys?search=nothing+has+this+name") },
  {
    name: "keys-chips",
    open: settings("api-keys?level=admin&level=owner&type=secret&label=env%3Dproduction&expires=%3E30d"),
  },
  { name: "keys-hygiene", open: settings("api-keys?is=never-expires") },
  {
    name: "keys-typed",
    open: andThen(keys, async (page) => {
      await page.getByRole("searchbox", { name: "Search API keys" }).pressSequentially("creator:");
      await page.getByRole("listbox", { name: "Suggestions" }).waitFor();
    }),
  },
  ...["Creator", "Role", "Label", "Last used", "Expires", "Status"].map((kind) => ({
    name: `keys-filter-${kind.toLowerCase().replace(" ", "-")}`,
    byKeys: kind === "Creator",
    open: filter(kind),
  })),
  { name: "keys-columns", isWide: true, open: andThen(keys, (page) => press(page, "Columns")) },
  {
    name: "keys-row-menu",
    open: andThen(keys, async (page) => {
      await press(page, /^Actions for /);
      await page.getByRole("menu").waitFor();
    }),
  },
];

const bulks: readonly Shot[] = [
  { name: "keys-selected", byKeys: true, open: selected },
  ...["Pause", "Transfer", "Revoke", "Delete"].map((verb) => ({
    name: `bulk-${verb.toLowerCase()}`,
    byKeys: verb === "Revoke",
    open: bulk(verb),
  })),
  { name: "bulk-add-role", open: bulkMore("Add a role") },
  {
    name: "bulk-revoke-all",
    byKeys: true,
    open: andThen(selected, async (page) => {
      const all = page.getByRole("button", { name: /^Select all / });
      if (await all.isVisible()) await all.click();
      const bar = page.getByRole("toolbar", { name: "Selected keys" });
      await bar.getByRole("button", { name: "Revoke", exact: true }).click();
      await page.getByRole("dialog").getByRole("region", { name: "Dry run" }).waitFor();
    }),
  },
];

const dialogs: readonly Shot[] = [
  { name: "key-generate", open: behindButton(keys, "Generate New Key") },
  {
    name: "key-generate-filled",
    open: andThen(behindButton(keys, "Generate New Key"), async (page) => {
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name", { exact: true }).fill("Robot firmware updater");
      await dialog.getByLabel("Access level", { exact: true }).click();
      await page.getByRole("option", { name: "Owner" }).click();
      await dialog.getByRole("button", { name: /^Advanced|Advanced$/ }).click();
    }),
  },
  {
    name: "key-generate-refused",
    open: andThen(behindButton(keys, "Generate New Key"), async (page) => {
      await page.getByRole("dialog").getByRole("button", { name: "Generate", exact: true }).click();
      await page
        .getByRole("dialog")
        .getByText(/required/i)
        .first()
        .waitFor();
    }),
  },
  {
    name: "key-generate-asks",
    open: andThen(behindButton(keys, "Generate New Key"), async (page) => {
      await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("Robot firmware updater");
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").getByRole("alert").first().waitFor();
    }),
  },
  { name: "key-edit", open: behindMenu(keys, "Edit") },
  { name: "key-duplicate", open: behindMenu(keys, "Duplicate") },
  { name: "key-roll", open: behindMenu(keys, "Roll") },
  { name: "key-pause", open: behindMenu(keys, "Pause") },
  { name: "key-revoke", byKeys: true, open: behindMenu(busiest, "Revoke") },
  { name: "key-delete", open: behindMenu(keys, "Delete") },
  {
    name: "key-narrow",
    open: behindButton(
      andThen(settings("api-keys?is=over-privileged"), (page) => choose(page, "View details")),
      "Narrow",
    ),
  },
];

const sheets: readonly Shot[] = [
  { name: "key-sheet", byKeys: true, open: sheet },
  { name: "key-sheet-permissions", byKeys: true, open: tab("Permissions") },
  { name: "key-sheet-activity", byKeys: true, open: tab("Activity") },
  { name: "key-sheet-rolling", open: sheetOf("Rolling") },
  { name: "key-end-grace", open: behindButton(sheetOf("Rolling"), "End grace now") },
  { name: "key-sheet-paused", open: sheetOf("Paused") },
  { name: "key-resume", open: behindButton(sheetOf("Paused"), "Resume") },
  { name: "key-sheet-revoked", open: sheetOf("Revoked") },
  { name: "key-sheet-expired", open: sheetOf("Expired") },
  { name: "key-sheet-missing", open: settings("api-keys?key=key_missing") },
];

const changing: readonly Shot[] = [
  {
    name: "view-save",
    open: behindButton(settings("api-keys?level=admin"), "Save view"),
  },
  {
    name: "views-saved",
    changes: true,
    open: andThen(settings("api-keys?level=admin"), async (page) => {
      const views = page.getByRole("button", { name: "Views" });
      await page.getByRole("button", { name: "Save view" }).waitFor();
      if (!(await views.isVisible())) {
        await press(page, "Save view");
        await page.getByRole("dialog").getByLabel("Name").fill("Keys of admins");
        await page.keyboard.press("Enter");
      }
      await views.click();
      await page.getByRole("dialog", { name: "Saved views" }).waitFor();
    }),
  },
  {
    name: "key-revealed",
    changes: true,
    open: andThen(keys, (page) => generate(page, "Robot firmware updater")),
  },
  {
    name: "key-revealed-asks",
    changes: true,
    open: andThen(keys, async (page) => {
      await generate(page, "Fraud scoring");
      await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
      await page.getByRole("dialog").getByRole("alert").first().waitFor();
    }),
  },
  ...["found", "opened"].map((what) => ({
    name: `token-${what}`,
    changes: true,
    open: andThen(keys, async (page: Page) => {
      await generate(page, "Customer portal");
      const token = await page.getByLabel("Secret", { exact: true }).inputValue();
      await page.goto(page.url().replace(/\?.*/, ""));
      await page.getByRole("searchbox", { name: "Search API keys" }).fill(token);
      await page.getByText("belongs to").first().waitFor();
      if (what === "found") return;
      await press(page, "Open its details");
      await page.getByRole("dialog").waitFor();
    }),
  })),
  {
    name: "keys-compact",
    changes: true,
    isWide: true,
    open: andThen(keys, async (page) => {
      await press(page, "Columns");
      await page.getByRole("menuitemradio", { name: "Compact" }).click();
    }),
  },
  {
    name: "key-rolled",
    changes: true,
    open: andThen(behindMenu(settings("api-keys?search=notifications"), "Roll"), async (page) => {
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Roll", exact: true }).click();
      await dialog.getByLabel("Password").or(dialog.getByLabel("API Key ID")).waitFor();
    }),
  },
];

export const keyShots: readonly Shot[] = [...lists, ...bulks, ...dialogs, ...sheets, ...changing];
