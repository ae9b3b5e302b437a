import { describe, expect, test } from "vitest";
import { keyListDefaults } from "@/lib/core/keys/key-list-settings";
import { keyListFromAddress } from "./key-list-address";
import { listFromAddress } from "./list";

describe("keyListFromAddress", () => {
  test("an empty URL gives the defaults", () => {
    expect(keyListFromAddress({})).toEqual({ list: keyListDefaults, searchFault: null });
  });

  test("[S2] [S3] the list follows the URL", () => {
    const address = {
      search: " 100% ",
      subject: "CUS 1",
      label: ["team=billing", "env"],
      status: "revoked",
      sort: "name",
      direction: "asc",
      page: "3",
      pageSize: "50",
      key: "not of the list",
    };
    expect(keyListFromAddress(address).list).toEqual({
      search: "100%",
      filters: { subject: ["CUS 1"], label: ["team=billing", "env"] },
      status: "revoked",
      sort: "name",
      direction: "asc",
      page: 3,
      pageSize: 50,
    });
  });

  test.each([
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

  test("[L13] terms in the search join the parameters, and their status counts", () => {
    const address = {
      search: "shop creator:ana level:Owner status:revoked",
      creator: ["01932F6E-8f3c-7d52-9c3e-5a4b7f0e2d11", "ana"],
      expires: "<30d",
      status: "expired",
    };
    expect(keyListFromAddress(address)).toEqual({
      list: {
        ...keyListDefaults,
        search: "shop",
        status: "revoked",
        filters: {
          creator: ["01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11", "ana"],
          level: ["owner"],
          expires: ["<30d"],
        },
      },
      searchFault: null,
    });
    expect(listFromAddress({ search: "level:owner" }).list.search).toBe("level:owner");
  });

  test.each(["x".repeat(10_000), "a\0b", "\ud800"])("[S2] an invalid search says why", (search) => {
    const { list, searchFault } = keyListFromAddress({ search, status: "all" });
    expect(searchFault).toMatch(/search/i);
    expect(list).toEqual(keyListDefaults);
  });

  test.each([
    ["status", "gone"],
    ["level", "boss"],
    ["role", "Read Only"],
    ["used", ["never", "lately"]],
    ["is", "constructor"],
    ["search", "creator:ana level:boss"],
    ["creator", Array.from({ length: 11 }, (_, at) => `p${at}`)],
    ["subject", "a\0"],
    ["subject", "x".repeat(201)],
    ["label", "Team=x"],
    ["label", ["team", "=x"]],
    ["label", Array(11).fill("team")],
  ])("[L13] an invalid %s says why instead of showing all keys", (name, value) => {
    const { list, searchFault } = keyListFromAddress({ status: "all", [name]: value });
    expect(searchFault).toEqual(expect.any(String));
    expect(list).toEqual(keyListDefaults);
    expect(listFromAddress({ [name]: value }).searchFault).toBe(null);
  });

  test("[L13] one label, and paused keys", () => {
    expect(keyListFromAddress({ label: "team=a=b", status: "paused" }).list).toMatchObject({
      filters: { label: ["team=a=b"] },
      status: "paused",
    });
  });

  test("a token in the URL is searched for by its key id", () => {
    const token = "lk_sk_0123456789abcdefABCDEFGHIJKLMNOPQRSTUVWXYZ01234567890a";
    expect(keyListFromAddress({ search: token }).list.search).toBe("key_0123456789abcdef");
  });
});
