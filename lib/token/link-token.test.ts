import { expect, test } from "vitest";
import { hashLinkToken, randomLinkToken } from "./link-token";

test("a link token is 256 random bits, and only its SHA-256 is stored", () => {
  const tokens = Array.from({ length: 1000 }, randomLinkToken);
  expect(new Set(tokens).size).toBe(1000);
  for (const token of tokens) expect(token).toMatch(/^[0-9A-Za-z_-]{43}$/);
  // The "abc" of FIPS 180-2, appendix B.1.
  expect(Buffer.from(hashLinkToken("abc")).toString("hex")).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
