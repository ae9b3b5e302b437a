import fc from "fast-check";
import { expect, test } from "vitest";
import { isTokenStart, keyIdIn, searchText } from "./search-text";

const keyId = "aB7cD8eF9gH0jK1m";
const token = `lk_sk_${keyId}${"S".repeat(32)}123456`;

test("a pasted token is searched for by its key id", () => {
  expect(searchText(token)).toBe(`key_${keyId}`);
  expect(searchText(` Bearer ${token} `)).toBe(` Bearer key_${keyId} `);
  expect(searchText(token.replace("lk_sk_", "lk_pk_"))).toBe(`key_${keyId}`);
  expect(searchText(` Bearer ${token.replace("lk_", "acme2_")} `)).toBe(` Bearer key_${keyId} `);
});

test("no part of a secret is left, wherever the token was cut and whatever surrounds it", () => {
  // The secret in this token is all "S", so the surrounding text must not contain one.
  const around = fc.string().map((text) => text.replaceAll("S", "s"));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: token.length }), around, around, (length, left, right) => {
      const searched = searchText(`${left} ${token.slice(0, length)} ${right}`);
      expect(searched).not.toContain("lk_sk_");
      expect(searched).not.toContain("SSS");
    }),
  );
});

test("a part of a token is searched for by its part of the key id", () => {
  for (const part of [token.slice(3), token.slice(2), token.slice(6), token.slice(0, 30)]) {
    expect(searchText(part)).toBe(`key_${keyId}`);
  }
  expect(searchText(token.slice(0, 12))).toBe(`key_${keyId.slice(0, 6)}`);
  expect(searchText(token.slice(0, 8))).toBe("");
});

test("[Y3] a token cut off inside its key id is recognized with any prefix, unless it reads like a name", () => {
  for (const start of ["acme_sk_", "acme2_pk_", "sk_"]) {
    expect(searchText(`see ${start}${keyId.slice(0, 6)} and ${start}${keyId.slice(0, 15)}`)).toBe(
      `see key_${keyId.slice(0, 6)} and key_${keyId.slice(0, 15)}`,
    );
    for (const name of ["backup", "backup2", "Backup2026", "PROD", "1234", "live_4eC3", "eu1", "aB7"]) {
      expect(searchText(`${start}${name}`), name).toBe(`${start}${name}`);
    }
  }
  expect(
    ["lk_sk_", token.slice(0, 8), token.slice(0, 12), `acme_sk_${keyId.slice(0, 9)}`].map(isTokenStart),
  ).toEqual(Array(4).fill(true));
  expect([token, token.slice(0, 30), "", "billing", `key_${keyId}`, "key_aB7c"].map(isTokenStart)).toEqual(
    Array(6).fill(false),
  );
});

test("text typed after a pasted token is not part of the search", () => {
  expect(searchText(`key_${keyId}SSSS`)).toBe(`key_${keyId}`);
});

test("other text stays as it is", () => {
  for (const text of [
    "",
    "billing",
    "stripe_sk_backup",
    "key_aB7cD8eF9gH0jK1m",
    "100%_'",
    "e3b0c44298fc1c149afbf4c8996fb924",
  ])
    expect(searchText(text)).toBe(text);
});

test("a whole key id is found whatever surrounds it, but not inside a longer word", () => {
  for (const search of [`key_${keyId}`, ` key_${keyId} `, `billing key_${keyId} namespace:store`]) {
    expect(keyIdIn(search)).toBe(keyId);
  }
  for (const search of ["", "key_short", `key_${keyId}1`, `monkey_${keyId}`]) {
    expect(keyIdIn(search)).toBeUndefined();
  }
});
