import { describe, expect, test } from "vitest";
import { listFromAddress } from "./list";

describe("listFromAddress", () => {
  test.each([
    {},
    { page: "0", pageSize: "7" },
    { page: "x", pageSize: "1e9" },
    { status: "revoked", sort: "name", of: "keys alone" },
  ])("%o is the first page", (parameters) => {
    const first = { search: "", page: 1, pageSize: 25 };
    expect(listFromAddress(parameters)).toEqual({ list: first, searchFault: null });
  });

  test("the list follows the URL", () => {
    expect(listFromAddress({ page: "3", pageSize: "100", search: " ic " })).toEqual({
      list: { search: "ic", page: 3, pageSize: 100 },
      searchFault: null,
    });
  });

  test("an invalid search is reported, not silently dropped", () => {
    expect(listFromAddress({ search: "x".repeat(201) }).searchFault).toMatch(/at most 200/);
    expect(listFromAddress({ search: "\0" }).searchFault).not.toBeNull();
  });
});
