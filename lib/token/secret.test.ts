import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Peppers } from "./secret";
import { hashToken, organizationPeppers, tokenMatcher } from "./secret";

const older = Buffer.from("an older pepper of enough length");
const newer = Buffer.from("a newer pepper of enough length.");
const peppers: Peppers = {
  current: 2,
  byVersion: new Map([
    [1, older],
    [2, newer],
  ]),
};

describe("hashToken", () => {
  test("[Y3] is HMAC-SHA-256 under the current pepper", () => {
    // RFC 4231, test case 2.
    const known = { current: 9, byVersion: new Map([[9, Buffer.from("Jefe")]]) };
    const { hash, pepperVersion } = hashToken("what do ya want for nothing?", known);
    expect(hash.toString("hex")).toBe("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    expect(pepperVersion).toBe(9);
    expect(hashToken("lk_sk_x", peppers)).toEqual({
      hash: createHmac("sha256", newer).update("lk_sk_x").digest(),
      pepperVersion: 2,
    });
  });

  test("without the current pepper nothing is hashed", () => {
    expect(() => hashToken("lk_sk_x", { current: 3, byVersion: peppers.byVersion })).toThrow(/version 3/);
  });
});

describe("tokenMatcher", () => {
  test("[Y3] matches the hash of the same token and of no other", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (token, other) => {
        const matches = tokenMatcher(token, peppers);
        expect(matches(hashToken(token, peppers))).toBe(true);
        expect(matches(hashToken(other, peppers))).toBe(token === other);
      }),
    );
  });

  test("a secret hashed under an older pepper still matches, under its own version only", () => {
    const hashed = hashToken("lk_sk_x", { current: 1, byVersion: peppers.byVersion });
    const matches = tokenMatcher("lk_sk_x", peppers);
    expect(matches(hashed)).toBe(true);
    expect(matches({ hash: hashed.hash, pepperVersion: 2 })).toBe(false);
    // Checked again in reverse order, to show that the versions do not mix.
    expect(matches(hashToken("lk_sk_x", peppers))).toBe(true);
    expect(matches(hashed)).toBe(true);
  });

  test("a secret whose pepper is gone matches nothing", () => {
    const hashed = hashToken("lk_sk_x", peppers);
    expect(tokenMatcher("lk_sk_x", { current: 1, byVersion: new Map([[1, older]]) })(hashed)).toBe(false);
  });

  test("a hash of another length, or with any bit changed, does not match", () => {
    const { hash } = hashToken("lk_sk_x", peppers);
    const matches = tokenMatcher("lk_sk_x", peppers);
    for (const wrong of [
      Buffer.alloc(0),
      hash.subarray(1),
      hash.subarray(0, 31),
      Buffer.concat([hash, hash]),
    ]) {
      expect(matches({ hash: wrong, pepperVersion: 2 })).toBe(false);
    }
    for (let bit = 0; bit < 256; bit++) {
      const flipped = Buffer.from(hash);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(matches({ hash: flipped, pepperVersion: 2 })).toBe(false);
    }
    expect(matches({ hash: new Uint8Array(hash), pepperVersion: 2 })).toBe(true);
  });
});

describe("organizationPeppers", () => {
  test("[Y3] one per organization and version, which do not reveal the server's", () => {
    const id = "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11";
    const one = organizationPeppers(peppers, id);
    expect(one.current).toBe(2);
    expect(one.byVersion.get(1)).toEqual(
      createHmac("sha256", older).update(`latchkey organization pepper\0${id}`).digest(),
    );
    expect(organizationPeppers(peppers, id)).toBe(one);
    const all = ["a", "b", "c"].flatMap((id) => [...organizationPeppers(peppers, id).byVersion.values()]);
    expect(
      new Set([...all, ...one.byVersion.values(), older, newer].map((each) => each.toString("hex"))).size,
    ).toBe(10);
  });

  test("[Y3] a token hashed for one organization matches for no other", () => {
    const hashed = hashToken("lk_sk_x", organizationPeppers(peppers, "a"));
    expect(tokenMatcher("lk_sk_x", organizationPeppers(peppers, "a"))(hashed)).toBe(true);
    expect(tokenMatcher("lk_sk_x", organizationPeppers(peppers, "b"))(hashed)).toBe(false);
    expect(tokenMatcher("lk_sk_x", peppers)(hashed)).toBe(false);
  });
});
