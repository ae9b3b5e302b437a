import {
  filterBy,
  keyRow,
  keysPath,
  keysTable,
  searchKeys,
  shownColumns,
  shownNames,
} from "../support/browser/api-keys-page";
import { holdScripts } from "../support/browser/hold-scripts";
import { readClipboard } from "../support/browser/read-clipboard";
import { seedKeys } from "../support/browser/seeded-keys";
import type { Latchkey } from "../support/browser/test";
import { expect, signIn, startLatchkey, stopLatchkey, test } from "../support/browser/test";

const numbered = Array.from({ length: 30 }, (_, index) => ({
  name: `Numbered ${String(index + 1).padStart(2, "0")}`,
  created: 100 + index,
}));
const odd = [
  { name: "100% sure", description: "per cent" },
  { name: "snake_case", description: "underscore" },
  { name: "O'Brien", description: `"; DROP TABLE api_keys; --` },
  { name: "Rocket 🚀", description: "naïve café" },
  { name: "Adam's own", creator: "ADMIN" },
  { name: "<b>bold</b>", description: "<script>window.hacked = true</script>" },
  { name: "Long gone", created: 9, expires: -1 },
  { name: "Killed", revoked: true },
  { name: "Not for long", expires: 2 },
] as const;

const usualColumns = ["Name", "Key ID", "Access", "Status", "Created", "Last used", "Expires"];

let latchkey: Latchkey;

test.beforeAll(async () => {
  latchkey = await startLatchkey((people) => seedKeys(people, [...numbered, ...odd]));
});
test.afterAll(() => stopLatchkey(latchkey));
test.beforeEach(async ({ page }) => {
  // No search, filter or sort may cause a server error.
  page.on("response", (response) => expect(response.status(), response.url()).toBeLessThan(500));
  await signIn(page, latchkey.server.url, "OWNER");
  await page.goto(latchkey.server.url + keysPath);
});

test("[S4] [Y4] shows its columns in this order, without scrolling", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  // allTextContents does not wait, and the page streams in behind its skeleton.
  await keysTable(page).getByRole("columnheader", { name: "Expires" }).waitFor();
  expect(await shownColumns(page)).toEqual(usualColumns);
  const overflow = await keysTable(page).evaluate(({ parentElement: scroller }) =>
    scroller === null ? Number.NaN : scroller.scrollWidth - scroller.clientWidth,
  );
  expect(overflow).toBe(0);
  const [, ...cells] = await keyRow(page, "Rocket 🚀").getByRole("cell").allTextContents();
  expect(cells[0]).toBe("Rocket 🚀naïve café");
  expect(cells[1]).toMatch(/^key_[0-9A-Za-z]{16}/);
  expect(cells[2]).toBe("Memberread_only");
  expect(cells[3]).toBe("Active");
  expect(cells[4]).toMatch(/^(yesterday|1 day ago)Olivia Owner$/);
  expect(cells[5]).toBe("Never");
  expect(await keyRow(page, "Not for long").getByRole("cell").nth(7).textContent()).toMatch(
    /in 2 days|in 1 day|tomorrow/,
  );
});

test("[L13] shows more columns on request, remembers them, and puts them into links", async ({
  page,
  browser,
}) => {
  const add = page.getByRole("button", { name: "Columns" });
  await add.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitemcheckbox", { name: "Namespace" }).press("Space");
  await page.getByRole("menuitemcheckbox", { name: "Type" }).press("Space");
  await page.keyboard.press("Escape");
  await expect(add).toBeFocused();
  const withBoth = [...usualColumns.slice(0, 3), "Type", "Namespace", ...usualColumns.slice(3)];
  expect(await shownColumns(page)).toEqual(withBoth);
  await expect(keyRow(page, "Rocket 🚀").getByRole("cell", { name: "Secret" })).toBeVisible();
  await expect(page).toHaveURL((url) => url.searchParams.get("columns") === "type,namespace");

  const context = await browser.newContext();
  const colleague = await context.newPage();
  await signIn(colleague, latchkey.server.url, "ADMIN");
  await colleague.goto(page.url());
  await expect.poll(() => shownColumns(colleague)).toEqual(withBoth);
  // Opening a link does not change the colleague's own choice.
  await colleague.goto(latchkey.server.url + keysPath);
  await expect.poll(() => shownColumns(colleague)).toEqual(usualColumns);
  await context.close();

  await page.goto(latchkey.server.url + keysPath);
  await expect.poll(() => shownColumns(page)).toEqual(withBoth);
  await page.goto(`${latchkey.server.url + keysPath}?columns=`);
  await expect.poll(() => shownColumns(page)).toEqual(usualColumns);
});

test("[S4] a status chosen before React hydrates the page filters the table", async ({ page }) => {
  const loadScripts = await holdScripts(page);
  await page.reload({ waitUntil: "commit" });
  await page.getByRole("radio", { name: "Revoked" }).check();
  loadScripts();
  await expect.poll(() => shownNames(page)).toEqual(["Killed"]);
});

test("[S4] copies a key id", async ({ page }) => {
  const row = keyRow(page, "Not for long");
  await row.getByRole("button", { name: "Copy key ID" }).click();
  const copied = () => readClipboard(page);
  await expect.poll(copied).toMatch(/^key_[0-9A-Za-z]{16}$/);
  await expect(row).toContainText(await copied());
});

test.describe("searching", () => {
  test("[S2] searches for the typed text literally, and says when it finds nothing", async ({ page }) => {
    for (const [search, names] of [
      ["%", ["100% sure"]],
      ["_", ["O'Brien", "snake_case"]],
      ["'", ["Adam's own", "O'Brien"]],
      ["drop table", ["O'Brien"]],
      ["\\", []],
      ["🚀", ["Rocket 🚀"]],
      ["CAFÉ", ["Rocket 🚀"]],
      ["adam admin", ["Adam's own"]],
      ["<b>", ["<b>bold</b>"]],
      ["no such key", []],
    ] as const) {
      await searchKeys(page, search);
      const found = expect.poll(async () => (await shownNames(page)).sort(), `for ${search}`);
      await found.toEqual([...names].sort());
      if (names.length === 0) {
        await expect(page.getByRole("status").filter({ hasText: "Nothing found" })).toBeVisible();
      }
      expect(await page.evaluate(() => "hacked" in window)).toBe(false);
    }
  });

  test("[S2] for a key id, with and without its prefix, finds that key", async ({ page }) => {
    const row = keyRow(page, "snake_case");
    const id = /key_[0-9A-Za-z]{16}/.exec((await row.textContent()) ?? "")?.[0] ?? "";
    for (const search of [id, id.slice(4)]) {
      await page.goto(`${latchkey.server.url}${keysPath}?search=${search}`);
      await expect.poll(() => shownNames(page)).toEqual(["snake_case"]);
    }
  });

  test("[S2] gives a clear answer to any search in the URL", async ({ page }) => {
    for (const [what, search] of [
      ["10,000 characters", "x".repeat(10_000)],
      ["NUL", "%00"],
      ["half a surrogate pair", "%ED%A0%80"],
      ["broken percent-encoding", "%E0%A4%A"],
    ] as const) {
      const response = await page.goto(`${latchkey.server.url}${keysPath}?search=${search}`);
      expect(response?.status(), what).toBeLessThan(500);
      await expect(page.getByRole("searchbox", { name: "Search API keys" }), what).toBeVisible();
      await expect(page.getByRole("status").first(), what).toBeVisible();
    }
  });

  test("[S2] for 10,000 typed characters says how many are too many", async ({ page }) => {
    const box = page.getByRole("searchbox", { name: "Search API keys" });
    await box.fill("x".repeat(10_000));
    await expect(box).toHaveAccessibleDescription(/at most 200 characters/);
    expect(page.url().length).toBeLessThan(300);
  });
});

test("[S3] filters by status", async ({ page }) => {
  const has = async (present: string[], absent: string[]) => {
    for (const name of present) await expect(keyRow(page, name)).toBeVisible();
    for (const name of absent) await expect(keyRow(page, name)).toHaveCount(0);
  };
  await has(["Not for long"], ["Long gone", "Killed"]);
  await filterBy(page, "Revoked");
  await has(["Killed"], ["Long gone", "Not for long"]);
  await filterBy(page, "Expired");
  await has(["Long gone"], ["Killed", "Not for long"]);
  await filterBy(page, "All");
  await has(["Long gone", "Killed", "Not for long"], []);
  await filterBy(page, "Active");
  await has(["Not for long"], ["Long gone", "Killed"]);
});

test("[Y4] sorts, both ways, on the server", async ({ page }) => {
  const header = keysTable(page).getByRole("columnheader", { name: "Name", exact: true });
  await searchKeys(page, "Numbered");
  await header.getByRole("button").click();
  await expect(header).toHaveAttribute("aria-sort", "ascending");
  await expect.poll(async () => (await shownNames(page))[0]).toBe("Numbered 01");
  await header.getByRole("button").click();
  await expect(header).toHaveAttribute("aria-sort", "descending");
  await expect.poll(async () => (await shownNames(page))[0]).toBe("Numbered 30");
});

test("[S2] [S3] [Y4] search, filter, sort and page are in the URL: a colleague sees the same", async ({
  page,
  browser,
}) => {
  await searchKeys(page, "Numbered");
  await filterBy(page, "All");
  await keysTable(page).getByRole("columnheader", { name: "Name", exact: true }).getByRole("button").click();
  await expect.poll(async () => (await shownNames(page))[0]).toBe("Numbered 01");
  await page.getByRole("button", { name: "Next page" }).click();
  await expect.poll(async () => (await shownNames(page))[0]).toBe("Numbered 26");
  const shown = await shownNames(page);
  expect(shown).toHaveLength(5);

  await page.reload();
  await expect.poll(() => shownNames(page)).toEqual(shown);

  const context = await browser.newContext();
  const colleague = await context.newPage();
  await signIn(colleague, latchkey.server.url, "ADMIN");
  await colleague.goto(page.url());
  await expect.poll(() => shownNames(colleague)).toEqual(shown);
  await context.close();

  await page.goBack();
  await expect.poll(async () => (await shownNames(page))[0]).toBe("Numbered 01");
});

test("shows what the URL requests, whatever that is", async ({ page }) => {
  for (const query of [
    "page=0",
    "page=-1",
    "page=1.5",
    "page=99999999999999999999",
    "page=x",
    "pageSize=7",
    "pageSize=1000000",
    "status=deleted",
    "sort=hash&direction=sideways",
    "sort=__proto__",
    "status=all&status=revoked",
    "columns=hash,__proto__&columns=type",
    "search=a&search=b",
    "key=nonsense",
    "key=0123456789abcdef",
    "key=%00",
    "unknown=1",
  ]) {
    const response = await page.goto(`${latchkey.server.url}${keysPath}?${query}`);
    expect(response?.status(), query).toBeLessThan(500);
    // Behind an open sheet the table is hidden from the accessibility tree but still present.
    await expect(page.getByRole("table", { name: "API keys", includeHidden: true }), query).toBeAttached();
  }
});
