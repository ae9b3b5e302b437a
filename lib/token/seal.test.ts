import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { seal, unseal } from "./seal";

const pepper = randomBytes(32);
const secret = Buffer.from("-----BEGIN PRIVATE KEY-----");

test("sealed data opens again, and looks different each time", () => {
  const sealed = seal(secret, pepper, "row 1");
  expect(unseal(sealed, pepper, "row 1")).toEqual(secret);
  expect(Buffer.from(sealed).includes(secret)).toBe(false);
  expect(seal(secret, pepper, "row 1")).not.toEqual(sealed);
});

test("it opens under no other pepper and for no other row", () => {
  const sealed = seal(secret, pepper, "row 1");
  expect(() => unseal(sealed, randomBytes(32), "row 1")).toThrow();
  expect(() => unseal(sealed, pepper, "row 2")).toThrow();
});

test("with one byte changed or missing it does not open", () => {
  const sealed = seal(secret, pepper, "row 1");
  for (let index = 0; index < sealed.length; index++) {
    const changed = Uint8Array.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => unseal(changed, pepper, "row 1")).toThrow();
  }
  for (const length of [0, 12, 27, sealed.length - 1]) {
    expect(() => unseal(sealed.subarray(0, length), pepper, "row 1")).toThrow();
  }
});
