import { createHmac } from "node:crypto";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { hmacSha256 } from "./hmac-sha256";

const failing = vi.hoisted(() => ({ hash: false }));
vi.mock(import("node:crypto"), async (original) => {
  const crypto = await original();
  const hash = (...given: Parameters<typeof crypto.hash>) => {
    if (failing.hash) throw new Error("out of memory");
    return crypto.hash(...given);
  };
  return { ...crypto, hash: hash as typeof crypto.hash };
});
afterEach(() => {
  failing.hash = false;
  vi.restoreAllMocks();
});

const bytes = (hex: string) => Buffer.from(hex, "hex");

test("[Y3] RFC 4231, test cases 1, 2 and 6", () => {
  const cases = [
    ["0b".repeat(20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
    [
      Buffer.from("Jefe").toString("hex"),
      "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ],
    [
      "aa".repeat(131),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ],
  ] as const;
  for (const [key, text, expected] of cases) {
    expect(hmacSha256(text, bytes(key)).toString("hex")).toBe(expected);
  }
});

test("[Y3] is createHmac's for any key and text, one after the other", () => {
  const key = fc.uint8Array({ maxLength: 100 }).map((given) => Buffer.from(given));
  const text = fc.string({ unit: "binary", maxLength: 200 });
  fc.assert(
    fc.property(key, fc.array(text, { minLength: 1 }), (given, texts) => {
      for (const each of texts) {
        expect(hmacSha256(each, given)).toEqual(createHmac("sha256", given).update(each).digest());
      }
    }),
  );
});

test("[Y3] the prepared key keeps nothing of a text, whether hashing succeeded or failed", () => {
  const kept: Buffer[] = [];
  const alloc = Buffer.alloc;
  vi.spyOn(Buffer, "alloc").mockImplementation((...given) => {
    const made = alloc(...given);
    kept.push(made);
    return made;
  });
  const pepper = Buffer.from("a pepper of which nothing was prepared before");
  const token = `lk_sk_${"q".repeat(54)}`;
  const beginnings = ["lk_sk_", "qqqq"];
  const holdsText = () =>
    kept.some((buffer) =>
      beginnings.some((text) => buffer.includes(text) || buffer.includes(text, "utf16le")),
    );

  expect(hmacSha256(token, pepper)).toEqual(createHmac("sha256", pepper).update(token).digest());
  expect(kept.length).toBeGreaterThanOrEqual(2);
  expect(holdsText()).toBe(false);
  // A shorter text after a longer one, and one with three bytes per character.
  for (const text of ["lk_sk_short", "qqqq\u20ac".repeat(8)]) {
    hmacSha256(text, pepper);
    expect(holdsText()).toBe(false);
  }
  failing.hash = true;
  expect(() => hmacSha256(token, pepper)).toThrow("out of memory");
  expect(holdsText()).toBe(false);
});
