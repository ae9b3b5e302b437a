import { describe, expect, test } from "vitest";
import { keyListDefaults } from "@/lib/core/keys/key-list-settings";
import { keyListFromAddress } from "./key-list-address";

describe("keyListFromAddress", () => {
  test("an empty address is the defaults", () => {
    expect(keyListFromAddress({})).toEqual({ list: keyListDefaults, searchFault: null });
  });

  test("[S2] [S3] the list follows the address", () => {
    const address = {
      search: " 100% ",
      status: "revoked",
      sort: "name",
      direction: "asc",
      page: "3",
      pageSize: "50",
      key: "not of the list",
    };
    expect(keyListFromAddress(address).list).toEqual({
      search: "100%",
      status: "revoked",
      sort: "name",
      direction: "asc",
      page: 3,
      pageSize: 50,
    });
  });

  test.each([
    ["status", "gone"],
    ["sort", "secret"],
    ["direction", "up"],
    ["page", "0"],
    ["page", "-1"],
    ["page", "1.5"],
    ["page", "NaN"],
    ["page", ""],
    ["page", "1e99"],
    ["pageSize", "7"],
    ["pageSize", "1000000"],
  ])("%s=%s is ignored", (name, value) => {
    expect(keyListFromAddress({ [name]: value }).list).toEqual(keyListDefaults);
  });

  test("a repeated parameter counts once", () => {
    expect(keyListFromAddress({ status: ["expired", "all"], search: ["a", "b"] }).list).toMatchObject({
      status: "expired",
      search: "a",
    });
  });

  test.each(["x".repeat(10_000), "a\0b", "\ud800"])("[S2] an invalid search says why", (search) => {
    const { list, searchFault } = keyListFromAddress({ search, status: "all" });
    expect(searchFault).toMatch(/search/i);
    expect(list).toMatchObject({ search: "", status: "all" });
  });

  test("a token in the address is searched for by its key id", () => {
    const token = "lk_sk_0123456789abcdefABCDEFGHIJKLMNOPQRSTUVWXYZ01234567890a";
    expect(keyListFromAddress({ search: token }).list.search).toBe("key_0123456789abcdef");
  });
});
