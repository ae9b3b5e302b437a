import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatKeyId, parseKeyId } from "@/lib/core/keys/key-id";
import { base62Alphabet } from "./base62";
import type { TokenType } from "./format";
import { buildToken, parseToken, randomKeyId, tokenChecksum } from "./format";
import { hashToken, tokenMatcher } from "./secret";

const tokenType = fc.constantFrom<TokenType>("secret", "public");
const base62 = (length: number) =>
  fc.string({ unit: fc.constantFrom(...base62Alphabet), minLength: length, maxLength: length });
const prefix = fc.oneof(fc.constant("lk"), fc.stringMatching(/^[a-z][a-z0-9]{1,15}$/));
const token = fc.tuple(tokenType, base62(48)).map(([type, body]) => {
  return (type === "secret" ? "lk_sk_" : "lk_pk_") + body + tokenChecksum(body);
});

describe("tokenChecksum", () => {
  test.each([
    ["aB7cD8eF9gH0jK1mN2pQ3rS4tU5vW6", "2M5jQM"],
    ["abcdefgh12345678903ZZZZZZZZZZZ", "0p5S0Y"],
  ])("over %s is %s", (body, checksum) => {
    expect(tokenChecksum(body)).toBe(checksum);
  });
});

describe("buildToken", () => {
  test("[P1] is prefix, key id, 32 random characters and checksum: one word of 60 characters", () => {
    fc.assert(
      fc.property(tokenType, base62(16), (type, keyId) => {
        const text = buildToken(type, keyId);
        const prefix = type === "secret" ? "lk_sk_" : "lk_pk_";
        expect(text).toHaveLength(60);
        expect(text).toMatch(/^\w+$/);
        expect(text.slice(0, 22)).toBe(prefix + keyId);
        expect(text.slice(54)).toBe(tokenChecksum(text.slice(6, 54)));
      }),
    );
  });

  test("[P1] starts with the organization's own prefix", () => {
    fc.assert(
      fc.property(prefix, tokenType, base62(16), (own, type, keyId) => {
        const text = buildToken(type, keyId, own);
        expect(text.startsWith(`${own}_${type === "secret" ? "sk" : "pk"}_${keyId}`)).toBe(true);
        expect(text).toHaveLength(own.length + 58);
        expect(text.slice(-6)).toBe(tokenChecksum(text.slice(-54, -6)));
        expect(parseToken(text)).toEqual({ type, keyId });
      }),
    );
  });

  test("[P2] gives a key a different secret each time", () => {
    const keyId = randomKeyId();
    const secrets = Array.from({ length: 1_000 }, () => buildToken("secret", keyId).slice(22, 54));
    expect(new Set(secrets).size).toBe(1_000);
  });
});

/** An independent parser with a regular expression and zlib. */
function parsedSlowly(text: string) {
  const pattern = /^[a-z][a-z0-9]{1,15}_(sk|pk)_([0-9A-Za-z]{16})([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;
  const [, kind, keyId = "", secret = "", checksum] = pattern.exec(text) ?? [];
  if (kind === undefined || tokenChecksum(keyId + secret) !== checksum) return null;
  return { type: kind === "sk" ? "secret" : "public", keyId };
}

describe("parseToken", () => {
  test("[P1] [P2] accepts tokens with the right form and checksum, and nothing else", () => {
    const whole = fc.tuple(prefix, tokenType, base62(16)).map(([own, type, id]) => buildToken(type, id, own));
    const character = fc.oneof(fc.constantFrom("_", "-", "A", "a", "9", "\n", "\0", "é", "🔑"), fc.string());
    const changed = fc
      .tuple(whole, fc.nat(70), fc.nat(3), character)
      .map(([text, at, gone, into]) => text.slice(0, at) + into + text.slice(at + gone));
    fc.assert(
      fc.property(fc.oneof(whole, changed, fc.string({ unit: "binary" })), (text) => {
        expect(parseToken(text)).toEqual(parsedSlowly(text));
      }),
      { numRuns: 5_000 },
    );
    const good = buildToken("secret", randomKeyId());
    for (let at = 0; at < good.length; at++) {
      for (const into of ["a", "Z", "7", "_", "", "\u0130", String.fromCharCode(good.charCodeAt(at) + 256)]) {
        const text = good.slice(0, at) + into + good.slice(at + 1);
        expect(parseToken(text), text).toEqual(parsedSlowly(text));
      }
    }
  });

  test("[J1] reads back type and key id of what was built", () => {
    fc.assert(
      fc.property(tokenType, base62(16), (type, keyId) => {
        expect(parseToken(buildToken(type, keyId))).toEqual({ type, keyId });
      }),
    );
  });

  test("[J3] every change of a single character is refused", () => {
    const original = buildToken("secret", randomKeyId());
    for (let place = 0; place < original.length; place++) {
      for (const character of `${base62Alphabet}_- .\0é`) {
        if (character === original[place]) continue;
        const changed = original.slice(0, place) + character + original.slice(place + 1);
        // The checksum covers neither prefix nor type; a token of another one is unknown by its hash.
        const otherPrefix = place < 2 && /^[a-z][a-z0-9]_/.test(changed);
        if (otherPrefix || (place === 3 && character === "p")) {
          expect(parseToken(changed)?.type).toBe(otherPrefix ? "secret" : "public");
          const peppers = { current: 1, byVersion: new Map([[1, Buffer.alloc(32, 7)]]) };
          expect(tokenMatcher(changed, peppers)(hashToken(original, peppers))).toBe(false);
        } else {
          expect(parseToken(changed), `place ${place}, "${character}"`).toBeNull();
        }
      }
    }
  });

  test("[J3] a character left out, added, or two swapped is refused", () => {
    fc.assert(
      fc.property(
        token,
        fc.integer({ min: 2, max: 59 }),
        fc.constantFrom(...base62Alphabet, "_"),
        (text, place, extra) => {
          expect(parseToken(text.slice(0, place) + text.slice(place + 1))).toBeNull();
          const longer = text.slice(0, place) + extra + text.slice(place);
          if (place > 2 || extra === "_") expect(parseToken(longer)).toBeNull();
          const [a = "", b = ""] = text.slice(place, place + 2);
          const swapped = text.slice(0, place) + b + a + text.slice(place + 2);
          if (swapped !== text) expect(parseToken(swapped)).toBeNull();
        },
      ),
    );
  });

  test("[J3] extra text around a token is refused", () => {
    const text = buildToken("secret", randomKeyId());
    for (const around of [
      " ",
      "\n",
      "\r\n",
      "\t",
      "\0",
      "\u200b",
      "\ufeff",
      '"',
      "Bearer ",
      ",",
      "=",
      text,
    ]) {
      expect(parseToken(around + text)).toBeNull();
      expect(parseToken(text + around)).toBeNull();
    }
    for (const other of [text.toUpperCase(), text.toLowerCase(), text.replaceAll("_", "-")]) {
      expect(parseToken(other)).toBeNull();
    }
  });

  test("[J3] digits and letters of other scripts are not base62", () => {
    const text = buildToken("secret", randomKeyId());
    for (const lookalike of ["٣", "３", "а", "Ａ", "ⅰ", "𝟎"]) {
      expect(parseToken(text.slice(0, 20) + lookalike + text.slice(20 + lookalike.length))).toBeNull();
    }
  });

  test.each(["", "l", "1k", "Lk", "l-k", "l_k", "é", "a".repeat(17), "lk_lk"])(
    "[J3] under the prefix %j it is refused",
    (wrong) => {
      const text = buildToken("secret", randomKeyId());
      expect(parseToken(wrong + text.slice(2))).toBeNull();
    },
  );

  test("any text gets an answer, never an exception", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.base64String(),
    );
    fc.assert(
      fc.property(anything, fc.constantFrom("", "lk_sk_", "lk_pk_", "lk_"), (text, prefix) => {
        expect(parseToken(prefix + text)).toBeNull();
        expect(parseToken(`${prefix}\ud800${text}`)).toBeNull();
      }),
    );
  });

  test("a million characters are refused, whatever they repeat", () => {
    for (const text of ["lk_sk_", "0", "_", "lk_sk_0"].map((part) => `lk_sk_${part.repeat(1_000_000)}`)) {
      expect(parseToken(text)).toBeNull();
      expect(parseKeyId(`key_${text}`)).toBeNull();
    }
  });
});

describe("key ids", () => {
  test("[P8] key_ and 16 characters, read back", () => {
    fc.assert(
      fc.property(base62(16), (keyId) => {
        expect(formatKeyId(keyId)).toBe(`key_${keyId}`);
        expect(parseKeyId(formatKeyId(keyId))).toBe(keyId);
      }),
    );
    expect(randomKeyId()).toMatch(/^[0-9A-Za-z]{16}$/);
  });

  test.each([
    "",
    "key_",
    "0123456789abcdef",
    "key_0123456789abcde",
    "key_0123456789abcdef0",
    "KEY_0123456789abcdef",
  ])("%j is invalid", (text) => {
    expect(parseKeyId(text)).toBeNull();
  });

  test("extra text around one is refused", () => {
    for (const around of [" ", "\n", "\0", "key_"]) {
      expect(parseKeyId(`key_0123456789abcdef${around}`)).toBeNull();
      expect(parseKeyId(`${around}key_0123456789abcdef`)).toBeNull();
    }
  });
});
