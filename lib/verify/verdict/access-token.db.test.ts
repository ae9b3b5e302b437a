import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { JWTPayload } from "jose";
import { base64url, decodeJwt, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { currentSigner } from "@/lib/services/tokens/signing-keys";
import { authenticateToken } from "./authenticate-token";

let key: TestKey;
let good: string;
let claims: JWTPayload;
provideTestDatabase();
beforeAll(async () => {
  key = await createTestKey(await createTestOrganization("Hostile"));
  good = (await tokenClient(key).issue(now)).accessToken;
  claims = decodeJwt(good);
});

const now = new Date(Math.floor(Date.now() / 1000) * 1000);
const codeOf = async (token: string, at = now) => {
  const answer = await authenticateToken(token, at);
  return answer.ok ? "good" : answer.code;
};

/** A token signed with the server's own key, so that only its claims are wrong. */
async function signed(payload: JWTPayload, header: Record<string, unknown> = {}): Promise<string> {
  const { id, privateKey } = await currentSigner(now);
  return new SignJWT(payload)
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: id, ...header })
    .sign(privateKey);
}

describe("[B6] [J3] an access token is refused", () => {
  test("unless it is genuine: the same claims signed again are accepted", async () => {
    expect(await codeOf(good)).toBe("good");
    expect(await codeOf(await signed(claims))).toBe("good");
  });

  test("with another type, issuer or audience, or of another time", async () => {
    const { exp = 0, ...withoutEnd } = claims;
    const refused: [string, string][] = [
      [await signed(claims, { typ: "JWT" }), "key_unknown"],
      [await signed(claims, { typ: undefined }), "key_unknown"],
      [await signed({ ...claims, iss: "https://evil.example" }), "key_unknown"],
      [await signed({ ...claims, aud: "https://evil.example" }), "key_unknown"],
      [await signed(withoutEnd), "key_unknown"],
      [await signed({ ...claims, exp: now.getTime() / 1000 }), "key_expired"],
      [await signed({ ...claims, nbf: exp }), "key_unknown"],
      [await signed({ ...claims, family: randomUUID() }), "key_revoked"],
      [await signed({ ...claims, family: "x" }), "key_unknown"],
      [await signed({ ...claims, jti: "' OR 1=1 --" }), "key_unknown"],
      [await signed({ ...claims, scope: 7 }), "key_unknown"],
    ];
    for (const [token, code] of refused) expect([await codeOf(token), token]).toEqual([code, token]);
  });

  test("with another algorithm, none, or another key, whatever it names", async () => {
    const { id } = await currentSigner(now);
    const { publicJwk } = await database().signingKey.findUniqueOrThrow({ where: { id } });
    const own = await generateKeyPair("ES256", { extractable: true });
    const rsa = await generateKeyPair("RS256");
    const publicText = new TextEncoder().encode(JSON.stringify(publicJwk));
    const header = { typ: "at+jwt", kid: id };
    const jwk = await exportJWK(own.publicKey);
    const sign = (more: object, alg: string, with_: Parameters<SignJWT["sign"]>[0]) =>
      new SignJWT(claims).setProtectedHeader({ ...header, alg, ...more }).sign(with_);
    for (const token of [
      new UnsecuredJWT(claims).encode(),
      `${base64url.encode(JSON.stringify({ ...header, alg: "none" }))}.${good.split(".")[1]}.`,
      await sign({}, "ES256", own.privateKey),
      await sign({ kid: "x" }, "ES256", own.privateKey),
      await sign({ kid: undefined }, "ES256", own.privateKey),
      await sign({ jwk }, "ES256", own.privateKey),
      await sign({ jku: "https://evil.example/jwks.json" }, "ES256", own.privateKey),
      await sign({}, "RS256", rsa.privateKey),
      await sign({}, "HS256", publicText),
    ]) {
      expect([await codeOf(token), token]).toEqual(["key_unknown", token]);
    }
  });

  test("with any character changed, of header, claims or signature", async () => {
    const base64urlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (let index = 0; index < good.length - 1; index += 7) {
      const old = good[index] ?? "";
      if (old === ".") continue;
      const other = base64urlAlphabet[(base64urlAlphabet.indexOf(old) + 32) % 64] ?? "";
      expect(await codeOf(good.slice(0, index) + other + good.slice(index + 1))).not.toBe("good");
    }
    const [header, payload, signature] = good.split(".");
    const wider = base64url.encode(JSON.stringify({ ...claims, scope: `${claims.scope} roles:all` }));
    expect(await codeOf(`${header}.${wider}.${signature}`)).toBe("key_unknown");
    expect(await codeOf(`${header}.${payload}.`)).toBe("key_unknown");
    expect(await codeOf(`${good}x`)).not.toBe("good");
  });

  test("that names another key or level has the power of its family, not what it claims", async () => {
    const stranger = await createTestKey(await createTestOrganization("Stranger"));
    const token = await signed({
      ...claims,
      client_id: formatKeyId(stranger.id),
      organization: randomUUID(),
    });
    const answer = await authenticateToken(token, now);
    expect(answer.ok && answer.value.key.id).toBe(key.id);
  });

  test("for any text, with an answer and never an exception", async () => {
    const part = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9_-]{0,40}$/),
      fc.json().map((text) => base64url.encode(text)),
      fc.constantFrom(...good.split(".")),
    );
    const anything = fc.tuple(part, part, part).map((parts) => parts.join("."));
    await fc.assert(
      fc.asyncProperty(anything, async (token) => {
        fc.pre(token !== good);
        expect(["key_unknown", "key_malformed"]).toContain(await codeOf(token));
      }),
      { numRuns: 300 },
    );
    expect(await codeOf(`${"e".repeat(50_000)}.e.e`)).toBe("key_malformed");
  });
});
