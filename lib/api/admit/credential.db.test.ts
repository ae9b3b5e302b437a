import { request } from "node:http";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { provideTestApi, unlessLate } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { env } from "@/lib/env";
import { rollKey } from "@/lib/services/keys/roll-key";
import { buildToken, randomKeyId } from "@/lib/token/format";

const api = provideTestApi();
let organization: TestOrganization;
let secretKey: TestKey;
let publicKey: TestKey;

beforeAll(async () => {
  organization = await createTestOrganization("Credentials");
  secretKey = await createTestKey(organization);
  publicKey = await createTestKey(organization, { type: "public" });
});
afterEach(() => {
  vi.useRealTimers();
});

type Reply = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  json: Record<string, unknown>;
};

/** Headers as pairs, so that one can appear twice. */
const me = (headers: readonly (readonly [string, string])[], query = "") =>
  unlessLate(() => askMe(headers, query));

function askMe(headers: readonly (readonly [string, string])[], query: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const flat = [["Host", "localhost"], ...headers].flat();
    const asking = request(`${api.url}/v1/me${query}`, { headers: flat }, async (response) => {
      let text = "";
      for await (const chunk of response.setEncoding("utf8")) text += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, json: JSON.parse(text) });
    });
    asking.on("error", reject).end();
  });
}

const bearer = (token: string) => ["Authorization", `Bearer ${token}`] as const;
const apiKey = (token: string) => ["X-API-Key", token] as const;

/** Status, code and challenge of a refusal. */
function refusal({ status, headers, json }: Reply) {
  const challenge = String(headers["www-authenticate"] ?? "");
  return [status, json.code, /error="([a-z_]+)"/.exec(challenge)?.[1] ?? challenge];
}

describe("[Y1] a credential", () => {
  test.each([
    ["as Bearer", (token: string) => [bearer(token)]],
    ["[P1] in X-API-Key", (token: string) => [apiKey(token)]],
    [
      "whatever the case of the scheme and the header",
      (token: string) => [["aUTHORIZATION", `bEARER ${token}`]],
    ],
    ["between spaces", (token: string) => [["Authorization", `Bearer   ${token}  `]]],
    ["twice, the same", (token: string) => [bearer(token), apiKey(token)]],
    ["beside another scheme", (token: string) => [["Authorization", "Basic eDp5"], apiKey(token)]],
  ] as [string, (token: string) => [string, string][]][])("is taken %s", async (_, headers) => {
    for (const key of [secretKey, publicKey]) {
      const { status, json } = await me(headers(key.token));
      expect([status, json.key_id]).toEqual([200, formatKeyId(key.id)]);
    }
  });

  test("sent as two different ones is ambiguous, whichever is valid", async () => {
    const twice = [
      [bearer(secretKey.token), apiKey(publicKey.token)],
      [bearer(secretKey.token), bearer(publicKey.token)],
      [bearer(secretKey.token), bearer(secretKey.token)],
      [bearer("x"), apiKey(secretKey.token)],
    ];
    for (const headers of twice) expect(refusal(await me(headers))).toEqual([400, "invalid_request", ""]);
    const joined = await me([apiKey(secretKey.token), apiKey(secretKey.token)]);
    expect(refusal(joined)).toEqual([401, "key_malformed", "invalid_token"]);
  });
});

describe("[J3] a refusal says which it is", () => {
  test("key_missing, without an error where there was no credential (RFC 6750, 3.1)", async () => {
    const none = [[], [["Authorization", "Basic eDp5"]], [["Authorization", "Bearer"]], [["X-API-Key", ""]]];
    for (const headers of [...none, [["Authorization", "Bearer   "]]] as [string, string][][]) {
      expect(refusal(await me(headers))).toEqual([401, "key_missing", 'Bearer realm="latchkey"']);
    }
    for (const name of ["access_token", "key", "api_key", "token"]) {
      const reply = await me([], `?${name}=${secretKey.token}`);
      expect(refusal(reply)).toEqual([401, "key_missing", 'Bearer realm="latchkey"']);
      expect(JSON.stringify(reply)).not.toContain(secretKey.token);
    }
  });

  test("key_malformed", async () => {
    const { token } = secretKey;
    const last = token.endsWith("0") ? "1" : "0";
    const lookalikes = [
      token.slice(0, -1) + last,
      token.slice(1),
      `${token}0`,
      `${token} x`,
      "eyJhbGciOiJub25lIn0",
    ];
    for (const lookalike of lookalikes) {
      expect(refusal(await me([bearer(lookalike)]))).toEqual([401, "key_malformed", "invalid_token"]);
    }
  });

  test("key_unknown, for an unknown key, a wrong secret and another type alike", async () => {
    const details = new Set();
    for (const token of [
      buildToken("secret", randomKeyId()),
      buildToken("secret", secretKey.id),
      buildToken("public", secretKey.id),
      buildToken("public", publicKey.id),
    ]) {
      const reply = await me([bearer(token)]);
      expect(refusal(reply)).toEqual([401, "key_unknown", "invalid_token"]);
      details.add(reply.json.detail);
    }
    expect(details.size).toBe(1);
  });

  test("[P5] key_expired, to the right secret only", async () => {
    const key = await createTestKey(organization, { expiresAt: new Date("2026-02-01T00:00:00.000Z") });
    const reply = await me([bearer(key.token)]);
    expect(refusal(reply)).toEqual([401, "key_expired", "invalid_token"]);
    expect(reply.json.detail).toContain("2026-02-01T00:00:00.000Z");
    expect(refusal(await me([bearer(buildToken("secret", key.id))]))[1]).toBe("key_unknown");
  });

  test("[J7] key_rolled, at the end of the grace exactly", async () => {
    const key = await createTestKey(organization);
    const now = new Date("2026-06-01T12:00:00.000Z");
    const input = { keyId: key.id, graceSeconds: 3600, version: 1 };
    vi.setSystemTime(now);
    const { token } = value(await rollKey(await organization.as("OWNER", now), input));
    expect(await me([bearer(key.token)])).toMatchObject({ status: 200, json: { secret: "previous" } });
    expect(await me([apiKey(key.token)])).toMatchObject({ status: 200, json: { secret: "previous" } });
    expect(await me([apiKey(token)])).toMatchObject({ status: 200, json: { secret: "current" } });
    vi.setSystemTime(now.getTime() + 3_600_000);
    const reply = await me([bearer(key.token)]);
    expect(refusal(reply)).toEqual([401, "key_rolled", "invalid_token"]);
    expect(reply.json.detail).toContain("2026-06-01T13:00:00.000Z");
    expect(await me([bearer(token)])).toMatchObject({ status: 200, json: { secret: "current" } });
  });

  test("[J8] key_revoked, of a revoked and of a deleted key, to the right secret only", async () => {
    for (const deletedAt of [undefined, new Date()]) {
      const key = await createTestKey(organization);
      expect((await me([bearer(key.token)])).status).toBe(200);
      await endTestKey(key, { revokedAt: new Date(), ...(deletedAt ? { deletedAt } : {}) });
      expect(refusal(await me([bearer(key.token)]))).toEqual([401, "key_revoked", "invalid_token"]);
      expect(refusal(await me([bearer(buildToken("secret", key.id))]))[1]).toBe("key_unknown");
    }
  });
});

describe("[J1] a token sent by a web page", () => {
  const foreign = ["https://evil.example", "null", "http://localhost:1", `${"https"}://localhost:3000`, "x"];

  test("is refused if it is secret and the page belongs to another site, with an explanation the page can read", async () => {
    for (const origin of foreign) {
      for (const credential of [bearer(secretKey.token), apiKey(secretKey.token)]) {
        const reply = await me([credential, ["Origin", origin]]);
        expect(refusal(reply)).toEqual([403, "forbidden", ""]);
        expect(reply.json.detail).toContain("public key");
        expect(reply.headers["access-control-allow-origin"]).toBe("*");
      }
    }
  });

  test("is refused the same way whether the secret is valid or not, so a page cannot test it", async () => {
    const origin = ["Origin", "https://evil.example"] as const;
    const good = await me([bearer(secretKey.token), origin]);
    const wrong = await me([bearer(buildToken("secret", secretKey.id)), origin]);
    expect({ ...wrong.json, request_id: "" }).toEqual({ ...good.json, request_id: "" });
  });

  test("is accepted if it is public, from every site", async () => {
    for (const origin of foreign) {
      const reply = await me([bearer(publicKey.token), ["Origin", origin]]);
      expect(reply.status).toBe(200);
      expect(reply.headers).toMatchObject({ "access-control-allow-origin": "*" });
      expect(reply.headers["access-control-expose-headers"]).toContain("X-Request-Id");
      expect(reply.headers).not.toHaveProperty("access-control-allow-credentials");
    }
  });

  test("is accepted if it is secret and the page is Latchkey's own", async () => {
    expect((await me([bearer(secretKey.token), ["Origin", env().appUrl]])).status).toBe(200);
  });

  test("is refused by verify too, which no page of another site may read", async () => {
    const asking = await fetch(`${api.url}/v1/keys/verify`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${secretKey.token}`,
        Origin: "https://evil.example",
        "Content-Type": "application/json",
      },
      body: JSON.stringify({ key: publicKey.token }),
    });
    expect(asking.status).toBe(403);
    expect(asking.headers.get("access-control-allow-origin")).toBeNull();
  });
});
