import { beforeAll, describe, expect, test } from "vitest";
import { basic, basicOf, postForm } from "@/e2e/support/api/oauth-client";
import type { Reply } from "@/e2e/support/api/test-api";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { buildToken } from "@/lib/token/format";

const api = provideTestApi();
let organization: TestOrganization;
let key: TestKey;
let other: TestKey;
beforeAll(async () => {
  organization = await createTestOrganization("OAuth");
  key = await createTestKey(organization);
  other = await createTestKey(organization);
});

const grant = { grant_type: "client_credentials" };
const errorOf = ({ status, json }: Reply) => [status, json?.error];
const token = (form: Record<string, string> | string, headers = basicOf(key)) =>
  postForm(api, "token", form, headers);
const body = (id: string, secret: string) => ({ client_id: id, client_secret: secret });

describe("the token endpoint answers", () => {
  test("[B6] with tokens that are not cacheable (RFC 6749, 5.1)", async () => {
    const { status, headers, json } = await token(grant);
    expect(status).toBe(200);
    expect(json).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: "Bearer",
      expires_in: 900,
      refresh_token: expect.stringMatching(/^lk_rt_[0-9A-Za-z]{49}$/),
      scope: expect.stringContaining("tokens:issue"),
    });
    expect([headers.get("cache-control"), headers.get("pragma")]).toEqual(["no-store", "no-cache"]);
  });

  test("[B6] a client in the body like one in the header", async () => {
    const { status } = await token({ ...grant, ...body(formatKeyId(key.id), key.token) }, {});
    expect(status).toBe(200);
    // Some clients identify themselves in the body too.
    expect((await token({ ...grant, client_id: formatKeyId(key.id) })).status).toBe(200);
  });

  test("[B6] Basic with every character percent-encoded, any case of its name, and no padding", async () => {
    const encoded = [formatKeyId(key.id), key.token].map((text) =>
      [...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(""),
    );
    const credentials = Buffer.from(encoded.join(":")).toString("base64").replaceAll("=", "");
    for (const scheme of ["Basic", "basic", "BASIC"]) {
      expect((await token(grant, { Authorization: `${scheme} ${credentials}` })).status).toBe(200);
    }
  });

  test("ignoring unknown and empty parameters (3.2)", async () => {
    const { status, json } = await token({
      ...grant,
      audience: "x",
      scope: "",
      resource: "https://x",
      user: "",
    });
    expect(status).toBe(200);
    expect(json.scope).toContain("keys:verify");
  });
});

describe("the token endpoint refuses as RFC 6749, 5.2, has it", () => {
  const cases: [string, Record<string, string> | string, number, string][] = [
    ["nothing at all", "", 400, "invalid_request"],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type"],
    ["a grant by another case", { grant_type: "CLIENT_CREDENTIALS" }, 400, "unsupported_grant_type"],
    [
      "a parameter twice",
      "grant_type=client_credentials&grant_type=client_credentials",
      400,
      "invalid_request",
    ],
    ["an unknown one twice", "grant_type=client_credentials&x=1&x=2", 400, "invalid_request"],
    ["a refresh without a token", { grant_type: "refresh_token" }, 400, "invalid_request"],
    ["a scope of others", { ...grant, scope: "keys:verify intelligence:read" }, 400, "invalid_scope"],
    ["a scope that is none", { ...grant, scope: 'a "b"' }, 400, "invalid_scope"],
    ["a scope with two spaces", { ...grant, scope: "keys:verify  keys:read" }, 400, "invalid_scope"],
    ["a user that is no name", { ...grant, user: "ana" }, 400, "invalid_request"],
    ["a user with NUL", { ...grant, user: "ana\0@example.com" }, 400, "invalid_request"],
    ["a user that is nobody", { ...grant, user: "nobody@example.com" }, 400, "access_denied"],
    [
      "a refresh token of nobody",
      { grant_type: "refresh_token", refresh_token: "x\0" },
      400,
      "invalid_grant",
    ],
  ];
  test.each(cases)("%s", async (_, form, status, error) => {
    const reply = await token(form);
    expect(errorOf(reply)).toEqual([status, error]);
    expect(reply.headers.get("content-type")).toBe("application/json");
    expect(reply.headers.get("cache-control")).toBe("no-store");
    expect(Object.keys(reply.json)).toEqual(["error", "error_description"]);
    expect(reply.json.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
  });

  test("an invalid form: another type, compressed, not UTF-8, parameters in the address", async () => {
    const headers = basicOf(key);
    const send = (path: string, type: string, sent: string | Uint8Array<ArrayBuffer>, more = {}) =>
      api.call(path, undefined, {
        method: "POST",
        headers: { ...headers, "Content-Type": type, ...more },
        body: sent,
      });
    const form = "grant_type=client_credentials";
    const type = "application/x-www-form-urlencoded";
    for (const reply of [
      await send("/v1/oauth/token", "application/json", JSON.stringify(grant)),
      await send("/v1/oauth/token", "text/plain", form),
      await send("/v1/oauth/token", `${type}; charset=latin1`, form),
      await send("/v1/oauth/token", type, form, { "Content-Encoding": "gzip" }),
      await send("/v1/oauth/token", type, Uint8Array.from([...Buffer.from(`${form}&x=`), 0xff])),
      await send(`/v1/oauth/token?${form}`, type, form),
    ]) {
      expect(errorOf(reply)).toEqual([400, "invalid_request"]);
    }
    for (const parameters of [";", "; charset=UTF-8"])
      expect((await send("/v1/oauth/token", `${type}${parameters}`, form)).status).toBe(200);
    const large = await send("/v1/oauth/token", type, `${form}&x=${"x".repeat(70_000)}`);
    expect([large.status, large.json.code]).toEqual([413, "too_large"]);
  });

  test("[J3] a client that fails to authenticate: 401, with the challenge", async () => {
    const id = formatKeyId(key.id);
    const odd = "a:b+c%/=é\u{1f511} ";
    for (const headers of [
      basic(id, buildToken("secret", key.id)),
      basic(id, other.token),
      basic(formatKeyId(other.id), key.token),
      basic("", ""),
      basic(key.id, key.token),
      basic(odd, odd),
      basic(id, odd),
      { Authorization: "Basic" },
      { Authorization: "Basic !!!" },
      { Authorization: `Basic ${Buffer.from("no colon").toString("base64")}` },
      { Authorization: `Basic ${Buffer.from(`${id}:%zz`).toString("base64")}` },
      { Authorization: `Basic ${Buffer.from([0xff, 0x3a, 0xff]).toString("base64")}` },
      { Authorization: `Bearer ${key.token}` },
      {},
    ]) {
      const reply = await token(grant, headers);
      expect([...errorOf(reply), headers]).toEqual([401, "invalid_client", headers]);
      expect(reply.headers.get("www-authenticate")).toMatch(/^Basic realm="latchkey"/);
    }
    const inBody = await token({ ...grant, ...body(id, other.token) }, {});
    expect(errorOf(inBody)).toEqual([401, "invalid_client"]);
  });

  test("[J3] an ended key, named only to the holder of its secret", async () => {
    const revoked = await createTestKey(organization);
    await endTestKey(revoked, { revokedAt: new Date() });
    const expired = await createTestKey(organization, { expiresAt: new Date("2026-01-02") });
    for (const [ended, says] of [
      [revoked, "revoked"],
      [expired, "expired"],
    ] as const) {
      const known = await token(grant, basicOf(ended));
      expect([...errorOf(known), known.json.error_description]).toEqual([
        401,
        "invalid_client",
        expect.stringContaining(says),
      ]);
      const wrong = await token(grant, basic(formatKeyId(ended.id), buildToken("secret", ended.id)));
      expect(wrong.json.error_description).not.toContain(says);
    }
  });

  test("two ways to authenticate at once (2.3)", async () => {
    const id = formatKeyId(key.id);
    for (const form of [
      { ...grant, ...body(id, key.token) },
      { ...grant, client_secret: key.token },
      { ...grant, client_id: formatKeyId(other.id) },
    ]) {
      expect(errorOf(await token(form))).toEqual([400, "invalid_request"]);
    }
    const { Authorization = "" } = basicOf(key);
    const answers = await api.exchange(
      [
        "POST /v1/oauth/token HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        "Content-Type: application/x-www-form-urlencoded",
        `Authorization: ${Authorization}`,
        `Authorization: ${Authorization}`,
        "Content-Length: 29",
        "",
        "grant_type=client_credentials",
      ].join("\r\n"),
    );
    expect(answers).toContain('"error":"invalid_request"');
  });

  test("[B6] [J1] a public key, and a secret one without the permission", async () => {
    const publicKey = await createTestKey(organization, { type: "public" });
    const without = await createTestKey(organization, { roles: ["read_only"] });
    for (const client of [publicKey, without]) {
      expect(errorOf(await token(grant, basicOf(client)))).toEqual([400, "unauthorized_client"]);
    }
  });

  test("[J1] a secret from a page of another site, with an explanation", async () => {
    const reply = await token(grant, { ...basicOf(key), Origin: "https://shop.example" });
    expect(errorOf(reply)).toEqual([400, "invalid_request"]);
    expect(reply.json.error_description).toContain("web page");
    expect(reply.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("every other method", async () => {
    for (const method of ["GET", "PUT", "DELETE", "OPTIONS"]) {
      const { status, headers } = await api.call("/v1/oauth/token", undefined, { method });
      expect([status, headers.get("allow")]).toEqual([405, "POST"]);
    }
  });

  test("[Y3] and stores neither a family nor a secret for any of these", async () => {
    const before = await database().tokenFamily.count();
    for (const [, form] of cases) await token(form);
    expect(await database().tokenFamily.count()).toBe(before);
  });
});
