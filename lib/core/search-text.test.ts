import fc from "fast-check";
import { expect, test } from "vitest";
import { searchText } from "./search-text";

const keyId = "aB7cD8eF9gH0jK1m";
const token = `lk_sk_${keyId}${"S".repeat(32)}123456`;

test("a pasted token is searched for by its key id", () => {
  expect(searchText(token)).toBe(`key_${keyId}`);
  expect(searchText(` Bearer ${token} `)).toBe(` Bearer key_${keyId} `);
  expect(searchText(token.replace("lk_sk_", "lk_pk_"))).toBe(`key_${keyId}`);
  expect(searchText(` Bearer ${token.replace("lk_", "acme2_")} `)).toBe(` Bearer key_${keyId} `);
});

test("nothing of a secret is left, wherever the token was cut and whatever surrounds it", () => {
  // Contains nothing that could be mistaken for the secret.
  const around = fc.string().map((text) => text.replaceAll("S", "s"));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: token.length }), around, around, (length, left, right) => {
      const searched = searchText(`${left} ${token.slice(0, length)} ${right}`);
      expect(searched).not.toContain("lk_sk_");
      expect(searched).not.toContain("SSS");
    }),
  );
});

test("other text stays as it is", () => {
  for (const text of ["", "billing", "stripe_sk_backup", "key_aB7cD8eF9gH0jK1m", "100%_'"])
    expect(searchText(text)).toBe(text);
});
