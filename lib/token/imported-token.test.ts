import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { buildToken, randomKeyId } from "./format";
import { importedText, mayBeImported, sha256Of } from "./imported-token";
import { buildRefreshToken } from "./refresh-token";
import { hashesOf, hashToken, tokenMatcher } from "./secret";

const peppers = {
  current: 2,
  byVersion: new Map([
    [1, Buffer.alloc(32, 1)],
    [2, Buffer.alloc(32, 2)],
  ]),
};

test.each(["x", "sess-1", "AKIA:abc/def+==", "a.b.c", "sk_live_51Habc", "~".repeat(1024)])(
  "%j may be an imported token",
  (token) => {
    expect(mayBeImported(token)).toBe(true);
  },
);

test("not a text with spaces, controls or non-ASCII letters, one that is too long, or one of our own tokens", () => {
  const own = buildToken("secret", randomKeyId(), "acme");
  const wrong = own.slice(0, -1) + (own.endsWith("0") ? "1" : "0");
  const ours = [own, wrong, buildToken("public", randomKeyId()), buildRefreshToken(), "lk_", "lk_sk_cut"];
  for (const token of ["", " ", "a b", "a\n", "\0", "é", "x".repeat(1025), "x".repeat(1_000_000), ...ours]) {
    expect(mayBeImported(token), token.slice(0, 80)).toBe(false);
  }
});

test("is hashed by its bytes, like with any tool", () => {
  fc.assert(
    fc.property(fc.string(), (token) => {
      expect(sha256Of(token)).toBe(createHash("sha256").update(token).digest("hex"));
    }),
  );
  expect(sha256Of("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("a token's own hash and that of its import never match, nor does the SHA-256 itself", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (token) => {
      const imported = hashToken(importedText(sha256Of(token)), peppers);
      expect(tokenMatcher(importedText(sha256Of(token)), peppers)(imported)).toBe(true);
      expect(tokenMatcher(token, peppers)(imported)).toBe(false);
      expect(tokenMatcher(sha256Of(token), peppers)(imported)).toBe(false);
      expect(tokenMatcher(importedText(sha256Of(token)), peppers)(hashToken(token, peppers))).toBe(false);
    }),
  );
});

test("is looked up under every pepper, so that a token imported under an older one is found", () => {
  const older = hashToken(importedText(sha256Of("x")), { ...peppers, current: 1 });
  expect(hashesOf(importedText(sha256Of("x")), peppers)).toContainEqual(older);
  expect(hashesOf(importedText(sha256Of("x")), peppers)).toHaveLength(2);
});
