import { expect, test } from "vitest";
import { base62Alphabet } from "./base62";
import { buildRefreshToken, hashRefreshToken, isRefreshToken, nextRefreshToken } from "./refresh-token";

const pepper = Buffer.alloc(32, 7);

test("a refresh token is a prefix, 43 characters and a checksum, and never the same", () => {
  const tokens = Array.from({ length: 100 }, buildRefreshToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) {
    expect(token).toMatch(/^lk_rt_[0-9A-Za-z]{49}$/);
    expect(isRefreshToken(token)).toBe(true);
  }
});

test("one changed character makes it invalid", () => {
  const token = buildRefreshToken();
  for (let index = 0; index < token.length; index++) {
    const other = base62Alphabet[(base62Alphabet.indexOf(token[index] ?? "") + 1) % 62] ?? "";
    expect(isRefreshToken(token.slice(0, index) + other + token.slice(index + 1))).toBe(false);
  }
  expect(isRefreshToken(`${token}x`)).toBe(false);
  expect(isRefreshToken("")).toBe(false);
});

test("[B6] the successor is deterministic, unique per token and pepper, and a valid token", () => {
  const token = buildRefreshToken();
  const next = nextRefreshToken(token, pepper);
  expect(nextRefreshToken(token, pepper)).toBe(next);
  expect(isRefreshToken(next)).toBe(true);
  expect(nextRefreshToken(token, Buffer.alloc(32, 8))).not.toBe(next);
  expect(nextRefreshToken(buildRefreshToken(), pepper)).not.toBe(next);
  expect(nextRefreshToken(next, pepper)).not.toBe(token);
});

test("the hash has 32 bytes and does not contain the token", () => {
  const token = buildRefreshToken();
  expect(hashRefreshToken(token)).toHaveLength(32);
  expect(hashRefreshToken(token)).not.toEqual(hashRefreshToken(buildRefreshToken()));
});
