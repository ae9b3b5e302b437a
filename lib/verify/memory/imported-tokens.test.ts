import { describe, expect, test } from "vitest";
import { ImportedTokens } from "./imported-tokens";

const change = (organizationId: string) => ({ organizationId, keyId: "0123456789abcdef", userId: null });

describe("ImportedTokens", () => {
  test("distinguishes known keys, known misses and unknown tokens, in each organization", () => {
    const tokens = new ImportedTokens(10);
    tokens.set("acme:a", "key");
    tokens.set("acme:b", null);
    expect(tokens.get("acme:a")).toBe("key");
    expect(tokens.get("acme:b")).toBeNull();
    expect(tokens.get("acme:c")).toBeUndefined();
    for (const each of ["a", "b"]) expect(tokens.get(`bravo:${each}`)).toBeUndefined();
  });

  test("[L1] forgets an organization's misses when its keys change, but no other's and no known keys", () => {
    const tokens = new ImportedTokens(10);
    tokens.set("acme:a", "key");
    for (const organization of ["acme", "bravo"]) tokens.set(`${organization}:b`, null);
    tokens.forget([change("acme")]);
    expect(tokens.get("acme:b")).toBeUndefined();
    expect(tokens.get("bravo:b")).toBeNull();
    expect(tokens.get("acme:a")).toBe("key");
    // A miss from before the change does not return with a later one.
    tokens.set("acme:c", null);
    expect(tokens.get("acme:b")).toBeUndefined();
    tokens.forget("everything");
    expect(tokens.get("bravo:b")).toBeUndefined();
    expect(tokens.get("acme:a")).toBe("key");
  });

  test("a flood of made-up tokens takes no room from known keys", () => {
    const tokens = new ImportedTokens(100);
    for (let index = 0; index < 50; index++) tokens.set(`acme:key ${index}`, "key");
    for (let index = 0; index < 10_000; index++) tokens.set(`acme:miss ${index}`, null);
    for (let index = 0; index < 50; index++) expect(tokens.get(`acme:key ${index}`)).toBe("key");
    const missed = Array.from({ length: 10_000 }, (_, index) => tokens.get(`acme:miss ${index}`));
    expect(missed.filter((each) => each === null)).toHaveLength(100);
  });
});
