import { describe, expect, test } from "vitest";
import { failure, success } from "@/lib/core/result";
import { readListPage, readSearchedPage } from "./read-list-page";

/** A list with this many rows, each of which is its own index. */
function listOf(total: number) {
  return async ({ page, pageSize }: { page: number; pageSize: number }) => {
    const rows = Array.from({ length: total }, (_, index) => index + 1);
    return success({ rows: rows.slice((page - 1) * pageSize, page * pageSize), total });
  };
}

describe("readListPage", () => {
  test.each([
    { total: 25, asked: 1, shown: 1, rows: 10 },
    { total: 25, asked: 3, shown: 3, rows: 5 },
    { total: 25, asked: 4, shown: 3, rows: 5 },
    { total: 20, asked: 1_000_000, shown: 2, rows: 10 },
    { total: 0, asked: 7, shown: 1, rows: 0 },
  ])("page $asked of $total rows is page $shown", async ({ total, asked, shown, rows }) => {
    const read = await readListPage({ page: asked, pageSize: 10, search: "kept" }, listOf(total));
    expect(read).toMatchObject({ ok: true, value: { list: { page: shown, pageSize: 10, search: "kept" } } });
    expect(read.ok && read.value.page.rows).toHaveLength(rows);
  });

  test("a refusal is passed on", async () => {
    const refusal = failure("not_found", "There is no such page.");
    expect(await readListPage({ page: 2, pageSize: 10 }, async () => refusal)).toBe(refusal);
  });
});

test("a search that would take too long shows why, no rows, and what else the list knows", async () => {
  const fields = [{ field: "search", message: "Type more" }];
  const read = async ({ search }: { readonly search: string }) =>
    search === "%%"
      ? failure("invalid_request", "Type more.", fields)
      : success({ rows: [search], total: 1, counts: { all: 1 } });
  const asked = (search: string) => ({ search, page: 1, pageSize: 25 });
  expect(await readSearchedPage(asked("%%"), null, read)).toEqual(
    success({
      list: asked(""),
      searchFault: "Type more",
      page: { rows: [], total: 0, counts: { all: 1 } },
    }),
  );
  expect(await readSearchedPage(asked("a"), null, read)).toMatchObject({ value: { page: { rows: ["a"] } } });
  const refused = failure("not_found", "There is no such page.");
  expect(await readSearchedPage(asked("a"), null, async () => refused)).toEqual(refused);
});
