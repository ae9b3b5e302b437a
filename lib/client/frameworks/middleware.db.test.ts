import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { getRequestListener } from "@hono/node-server";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { buildToken, randomKeyId } from "@/lib/token/format";
import { createLatchkey } from "../create-latchkey";
import type { Latchkey } from "../latchkey";
import { verificationOf } from "../verification-of";
import { requireKey as requireKeyInFastify } from "./fastify";
import type { LatchkeyVariables } from "./hono";
import { requireKey as requireKeyInHono } from "./hono";
import { createCheck, withKey } from "./next";
import { requireKey } from "./node";

const api = provideTestApi();
let organization: TestOrganization;
let latchkey: Latchkey;
/** An unreachable Latchkey. */
let gone: Latchkey;
let good: TestKey;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  organization = await createTestOrganization("Middleware");
  const { token } = await createTestKey(organization, { roles: ["key_verifier"] });
  latchkey = createLatchkey({ url: api.url, key: token, timeoutMs: 30_000 });
  gone = createLatchkey({ url: "http://127.0.0.1:1", key: token });
  good = await createTestKey(organization, { roles: ["read_only"], name: "Good" });
  for (const [name, make] of Object.entries(frameworks)) urls.set(name, await serve(await make()));
});
afterAll(async () => {
  await latchkey.close();
  for (const close of closing) await close();
});

const reads = { permissions: ["keys:read"] };
const writes = { permissions: ["keys:roll", "keys:delete"] };
const elsewhere = { namespace: { type: "workspace", id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11" } } as const;
const says = (request: object) => ({ key: verificationOf(request).key_id });

/** The same five routes in each framework. */
const frameworks: Record<string, () => RequestListener | Promise<RequestListener>> = {
  "node:http": () => {
    const routes = new Map([
      ["/", requireKey(latchkey)],
      ["/reads", requireKey(latchkey, reads)],
      ["/writes", requireKey(latchkey, writes)],
      ["/elsewhere", requireKey(latchkey, elsewhere)],
      ["/gone", requireKey(gone)],
    ]);
    return (request, response) => {
      routes.get(request.url ?? "")?.(request, response, () => response.end(JSON.stringify(says(request))));
    };
  },
  Express: () => {
    const app = express();
    app.get("/", requireKey(latchkey), (request, response) => void response.json(says(request)));
    app.get("/reads", requireKey(latchkey, reads), (request, response) => void response.json(says(request)));
    app.get(
      "/writes",
      requireKey(latchkey, writes),
      (request, response) => void response.json(says(request)),
    );
    app.get("/elsewhere", requireKey(latchkey, elsewhere), (_, response) => void response.json({}));
    app.get("/gone", requireKey(gone), (_, response) => void response.json({}));
    return app;
  },
  Fastify: async () => {
    const app = fastify();
    const handler = async (request: object) => says(request);
    app.get("/", { onRequest: requireKeyInFastify(latchkey) }, handler);
    app.get("/reads", { onRequest: requireKeyInFastify(latchkey, reads) }, handler);
    app.get("/writes", { onRequest: requireKeyInFastify(latchkey, writes) }, handler);
    app.get("/elsewhere", { onRequest: requireKeyInFastify(latchkey, elsewhere) }, handler);
    app.get("/gone", { onRequest: requireKeyInFastify(gone) }, handler);
    await app.ready();
    closing.push(() => app.close());
    return (request, response) => app.routing(request, response);
  },
  Hono: () => {
    const app = new Hono<{ Variables: LatchkeyVariables }>();
    app.get("/", requireKeyInHono(latchkey), (c) => c.json({ key: c.get("latchkey").key_id }));
    app.get("/reads", requireKeyInHono(latchkey, reads), (c) => c.json({ key: c.get("latchkey").key_id }));
    app.get("/writes", requireKeyInHono(latchkey, writes), (c) => c.json({}));
    app.get("/elsewhere", requireKeyInHono(latchkey, elsewhere), (c) => c.json({}));
    app.get("/gone", requireKeyInHono(gone), (c) => c.json({}));
    return getRequestListener(app.fetch, { overrideGlobalObjects: false });
  },
  Next: () => {
    const routes = new Map([
      ["/", withKey(latchkey, {}, async (request) => Response.json(says(request)))],
      ["/reads", withKey(latchkey, reads, (request) => Response.json(says(request)))],
      ["/writes", withKey(latchkey, writes, (request) => Response.json(says(request)))],
      ["/elsewhere", withKey(latchkey, elsewhere, (request) => Response.json(says(request)))],
      ["/gone", withKey(gone, {}, (request) => Response.json(says(request)))],
    ]);
    // Like Next: a handler for each route, called with a Request.
    return getRequestListener(
      async (request) => (await routes.get(new URL(request.url).pathname)?.(request, {})) ?? new Response(),
      { overrideGlobalObjects: false },
    );
  },
};
const urls = new Map<string, string>();

async function serve(listener: RequestListener): Promise<string> {
  // fetch reuses connections. On a busy machine a short keep-alive could close one just as a request is sent.
  const server = createServer({ keepAliveTimeout: 120_000 }, listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each(Object.keys(frameworks))("[L10] the middleware for %s", (framework) => {
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${urls.get(framework)}${path}`, { headers });
    const { status } = response;
    return { status, headers: response.headers, json: await response.json() };
  };
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
  const refused = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await ask(path, {
      "X-Request-Id": "mine",
      ...Object.fromEntries(Object.entries(headers)),
    });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-request-id")).toBe("mine");
    const { status, code } = answer.json;
    expect(status).toBe(answer.status);
    expect(Object.keys(answer.json).sort()).toEqual(
      ["code", "detail", "request_id", "status", "title", "type"].sort(),
    );
    return { status, code, challenge: answer.headers.get("www-authenticate"), headers: answer.headers };
  };

  test("lets a valid key in, in either header, with the verdict on the request", async () => {
    const json = { key: formatKeyId(good.id) };
    expect(await ask("/", bearer(good.token))).toMatchObject({ status: 200, json });
    expect(await ask("/reads", { Authorization: `bearer  ${good.token} ` })).toMatchObject({
      status: 200,
      json,
    });
    expect(await ask("/reads", { "X-API-Key": good.token })).toMatchObject({ status: 200, json });
    const both = { ...bearer(good.token), "X-API-Key": good.token };
    expect(await ask("/reads", both)).toMatchObject({ status: 200, json });
  });

  test("answers 401 without a key, with a challenge that names no error", async () => {
    const none: Record<string, string>[] = [{}, { Authorization: "Basic eDp5" }, { Authorization: "Bearer" }];
    for (const headers of none) {
      expect(await refused("/", headers)).toMatchObject({
        status: 401,
        code: "key_missing",
        challenge: 'Bearer realm="api"',
      });
    }
  });

  test("[J3] answers 401 with the kind of refusal", async () => {
    const past = new Date(Date.now() - 1000);
    const expired = await createTestKey(organization, { expiresAt: past });
    const revoked = await createTestKey(organization);
    await endTestKey(revoked, { revokedAt: past });
    for (const [token, code] of [
      ["x", "key_malformed"],
      [`${good.token}, ${good.token}`, "key_malformed"],
      [buildToken("secret", randomKeyId()), "key_unknown"],
      [expired.token, "key_expired"],
      [revoked.token, "key_revoked"],
    ] as const) {
      const answer = await refused("/", bearer(token));
      expect(answer).toMatchObject({ status: 401, code });
      expect(answer.challenge).toMatch(
        /^Bearer realm="api", error="invalid_token", error_description="[^"]+"$/,
      );
      expect(answer.challenge).not.toContain(token.length > 10 ? token : "nothing");
    }
  });

  test("answers 403 to a key without permission, naming what it lacks", async () => {
    const lacking = await refused("/writes", bearer(good.token));
    expect(lacking).toMatchObject({ status: 403, code: "forbidden" });
    expect(lacking.challenge).toMatch(/error="insufficient_scope".*, scope="keys:roll keys:delete"$/);
    const stranger = await refused("/elsewhere", bearer(good.token));
    expect(stranger).toMatchObject({ status: 403, code: "forbidden" });
    expect(stranger.challenge).toMatch(/error="insufficient_scope"/);
  });

  test("answers 503 when Latchkey cannot be reached, and lets nobody in", async () => {
    const answer = await refused("/gone", bearer(good.token));
    expect(answer).toMatchObject({ status: 503, code: "unavailable", challenge: null });
    expect(answer.headers.get("retry-after")).toBe("1");
  });

  test("answers 400 to two different credentials", async () => {
    const other = buildToken("secret", randomKeyId());
    const answer = await refused("/", { ...bearer(good.token), "X-API-Key": other });
    expect(answer).toMatchObject({ status: 400, code: "invalid_request" });
  });
});

describe("a middleware", () => {
  test.each(["node:http", "Express", "Fastify"])(
    "for %s refuses two Authorization headers",
    async (framework) => {
      const { hostname, port } = new URL(urls.get(framework) ?? "");
      const lines = ["GET / HTTP/1.1", "Host: x", "Connection: close", `Authorization: Bearer ${good.token}`];
      const socket = connect(Number(port), hostname);
      socket.end(`${[...lines, "authorization: Bearer x"].join("\r\n")}\r\n\r\n`);
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 .*"code":"invalid_request"/s);
    },
  );

  test("in a Next.js proxy returns the verdict or the response", async () => {
    const check = createCheck(latchkey, { errorsUrl: "https://docs.example.com/errors" });
    const request = (token: string) => new Request("https://x", { headers: { "X-API-Key": token } });
    expect(await check(request(good.token))).toMatchObject({ valid: true, name: "Good" });
    const answer = await check(request("x"));
    if (!(answer instanceof Response)) throw new Error("It was let in");
    expect(await answer.json()).toMatchObject({ type: "https://docs.example.com/errors#key_malformed" });
  });

  test("refuses a misspelt permission when it is created", () => {
    expect(() => requireKey(latchkey, { permissions: ["reports.read"] })).toThrow(/reports\.read/);
  });

  test("that is missing throws where its verdict is read", () => {
    expect(() => verificationOf({})).toThrow(/No Latchkey middleware/);
  });
});
