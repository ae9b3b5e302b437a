import { createHash, randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readWireKey } from "@/lib/core/keys/wire/check-wire";
import type { WireKey, WireTerms } from "@/lib/core/keys/wire/key-wire";
import { KeyCopy, Terms } from "./key-copy";
import { KnownToken } from "./known-token";
import { KnownTokens } from "./known-tokens";
import { digestOf, TokenDigest } from "./token-digest";

const wireTerms: WireTerms = {
  type: "secret",
  accessLevel: "MEMBER",
  namespace: ["organization", randomUUID()],
  roles: [],
  creatorId: randomUUID(),
  creatorLevel: "OWNER",
  keyCreators: "OWNER",
  maximumLifetimeDays: null,
};
const wireKey: WireKey = [
  "0123456789abcdef",
  "Reports",
  null,
  null,
  1,
  0,
  null,
  null,
  null,
  null,
  [],
  false,
  [],
];
const copy = new KeyCopy(readWireKey(wireKey), new Terms(wireTerms, randomUUID()), null);
const known = (digest: string) => new KnownToken(digest, copy, "", 0);

test("a digest is SHA-256 of the token's UTF-8", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (token) => {
      expect(Buffer.from(digestOf(token), "latin1")).toEqual(createHash("sha256").update(token).digest());
    }),
  );
});

test("a digest equals itself and no digest that differs in any bit", () => {
  const bytes = Buffer.from(digestOf("a token"), "latin1");
  const digest = new TokenDigest(bytes.toString("latin1"));
  expect(digest.isDigest(bytes.toString("latin1"))).toBe(true);
  for (let bit = 0; bit < 256; bit++) {
    const other = Buffer.from(bytes);
    other.writeUInt8(other.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(digest.isDigest(other.toString("latin1")), `bit ${bit}`).toBe(false);
  }
});

/** Digests with few prefixes, so that they collide into chains. */
const digests = [0, 1].flatMap((beginning) =>
  [0, 1, 2, 3].map((end) => `${String.fromCharCode(beginning)}${"\0".repeat(30)}${String.fromCharCode(end)}`),
);

test("finds exactly what was added and not removed, like a Map", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...digests)), (toggled) => {
      const tokens = new KnownTokens();
      const model = new Map<string, KnownToken>();
      for (const digest of toggled) {
        const there = model.get(digest);
        if (there === undefined) {
          const added = known(digest);
          tokens.add(added);
          model.set(digest, added);
        } else {
          tokens.delete(there);
          model.delete(digest);
        }
        for (const each of digests) expect(tokens.get(each)).toBe(model.get(each));
      }
    }),
  );
});

test("grows without losing entries", () => {
  const tokens = new KnownTokens();
  const all = Array.from(
    { length: 5000 },
    (_, index) => [digestOf(`${index}`), known(digestOf(`${index}`))] as const,
  );
  for (const [, token] of all) tokens.add(token);
  for (const [index, [, token]] of all.entries()) if (index % 3 === 0) tokens.delete(token);
  for (const [index, [digest, token]] of all.entries()) {
    expect(tokens.get(digest)).toBe(index % 3 === 0 ? undefined : token);
  }
});
