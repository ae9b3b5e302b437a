import { describe, expect, test } from "vitest";
import { keyListInput } from "./key-list";

const fault = (value: unknown) => keyListInput.safeParse(value).error?.issues[0]?.path.join(".");

describe("keyListInput", () => {
  test("[S3] an empty URL shows active keys, newest first, 25 a page", () => {
    expect(keyListInput.parse({})).toEqual({
      search: "",
      filters: {},
      status: "active",
      sort: "created",
      direction: "desc",
      page: 1,
      pageSize: 25,
    });
  });

  test.each([
    "%",
    "_",
    "'",
    "\\",
    "🔑",
    "key_0123456789abcdEF",
    "x".repeat(200),
    "a'; DROP TABLE api_keys; --",
  ])("[S2] %s can be searched for", (search) => {
    expect(keyListInput.parse({ search: `  ${search} ` }).search).toBe(search);
  });

  test.each([10, 25, 50, 100])("%d rows make a page, and there is a first one", (pageSize) => {
    expect(keyListInput.parse({ pageSize, page: 1 })).toMatchObject({ pageSize, page: 1 });
  });

  test.each<[string, object, string]>([
    ["201 characters", { search: "x".repeat(201) }, "search"],
    ["10,000 characters", { search: "x".repeat(10_000) }, "search"],
    ["NUL", { search: "a\0b" }, "search"],
    ["half a surrogate pair", { search: "\ud83d" }, "search"],
    ["a status that is no filter", { status: "deleted" }, "status"],
    ["a column that cannot be sorted by", { sort: "hash" }, "sort"],
    ["a column of the prototype", { sort: "constructor" }, "sort"],
    ["SQL as a direction", { direction: "desc; --" }, "direction"],
    ["page 0", { page: 0 }, "page"],
    ["page 1.5", { page: 1.5 }, "page"],
    ["a page beyond any offset", { page: 1e15 }, "page"],
    ["a page size of its own", { pageSize: 100_000 }, "pageSize"],
    ["an unknown field", { organizationId: "x" }, ""],
  ])("refuses %s", (_, value, path) => {
    expect(fault(value)).toBe(path);
  });
});
