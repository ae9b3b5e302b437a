import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hmacSha256 } from "./hmac-sha256";

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
