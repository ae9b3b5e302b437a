import { once } from "node:events";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { env, setEnv } from "@/lib/env";

// Tests the flows with two independent OAuth clients, which check every response against the RFCs.

const api = provideTestApi();
let organization: TestOrganization;
let issuer: URL;
beforeAll(async () => {
  // A client discovers the rest from the issuer, so the issuer is this server.
  setEnv({ ...env(), appUrl: api.url });
  issuer = new URL(api.url);
  organization = await createTestOrganization("Clients");
});

const plain = { [oauth.allowInsecureRequests]: true };

async function discovered(): Promise<oauth.AuthorizationServer> {
  const response = await oauth.discoveryRequest(issuer, { ...plain, algorithm: "oauth2" });
  return oauth.processDiscoveryResponse(issuer, response);
}

const openidClient = (key: TestKey, way: openid.ClientAuth) =>
  openid.discovery(issuer, formatKeyId(key.id), {}, way, {
    algorithm: "oauth2",
    execute: [openid.allowInsecureRequests],
  });

const me = async (token: string) => {
  const { status, json } = await api.call("/v1/me", token);
  return status === 200 ? "good" : json.code;
};

describe("openid-client", () => {
  const ways = { Basic: openid.ClientSecretBasic, "the body": openid.ClientSecretPost };

  test.each(Object.entries(ways))(
    "[B6] gets tokens, refreshes, introspects and revokes them, as a client in %s",
    async (_, way) => {
      const key = await createTestKey(organization, { accessLevel: "MEMBER" });
      const config = await openidClient(key, way(key.token));
      const tokens = await openid.clientCredentialsGrant(config, { scope: "tokens:issue users:read" });
      expect(tokens).toMatchObject({
        token_type: "bearer",
        expires_in: 900,
        scope: "tokens:issue users:read",
      });
      expect(await me(tokens.access_token)).toBe("good");

      const next = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
      expect(next.refresh_token).not.toBe(tokens.refresh_token);
      const asked = await openid.tokenIntrospection(config, next.refresh_token ?? "");
      expect(asked).toMatchObject({ active: true, client_id: formatKeyId(key.id) });
      expect(asked).not.toHaveProperty("scope");
      const about = await openid.tokenIntrospection(config, next.access_token);
      expect(about).toMatchObject({ active: true, client_id: formatKeyId(key.id), iss: api.url });

      await openid.tokenRevocation(config, next.refresh_token ?? "");
      expect(await me(next.access_token)).toBe("key_revoked");
      expect((await openid.tokenIntrospection(config, next.access_token)).active).toBe(false);
      const refused = openid.refreshTokenGrant(config, next.refresh_token ?? "");
      await expect(refused).rejects.toMatchObject({ error: "invalid_grant", status: 400 });
    },
  );

  test("[B8] acts for a user with an extra parameter, and understands the refusal", async () => {
    const key = await createTestKey(organization, { accessLevel: "ADMIN" });
    const config = await openidClient(key, openid.ClientSecretBasic(key.token));
    const { ADMIN, MEMBER } = organization.userIds;
    const tokens = await openid.clientCredentialsGrant(config, { user: ADMIN });
    const { json } = await api.call("/v1/me", tokens.access_token);
    expect(json).toMatchObject({
      kind: "user",
      key_id: formatKeyId(key.id),
      access_level: "ADMIN",
      access_token: { user: { id: ADMIN, access_level: "ADMIN" } },
    });
    const refused = openid.clientCredentialsGrant(config, { user: MEMBER });
    await expect(refused).rejects.toMatchObject({ error: "access_denied", status: 400 });
  });

  test("[B6] gets an error code if it is not a client or may not be one", async () => {
    const key = await createTestKey(organization, { roles: ["read_only"] });
    const wrong = await openidClient(key, openid.ClientSecretBasic("a:b c+d%é"));
    await expect(openid.clientCredentialsGrant(wrong)).rejects.toMatchObject({
      code: "OAUTH_WWW_AUTHENTICATE_CHALLENGE",
    });
    const right = await openidClient(key, openid.ClientSecretBasic(key.token));
    await expect(openid.clientCredentialsGrant(right)).rejects.toMatchObject({
      error: "unauthorized_client",
    });
  });
});

describe("oauth4webapi", () => {
  test("[B6] reads the metadata and checks an access token by the published keys (RFC 8414, 9068)", async () => {
    const key = await createTestKey(organization);
    const server = await discovered();
    const client = { client_id: formatKeyId(key.id) };
    const authentication = oauth.ClientSecretBasic(key.token);
    const response = await oauth.clientCredentialsGrantRequest(server, client, authentication, {}, plain);
    const tokens = await oauth.processClientCredentialsResponse(server, client, response);
    const request = new Request(`${api.url}/orders`, {
      headers: { Authorization: `Bearer ${tokens.access_token}` },
    });
    const claims = await oauth.validateJwtAccessToken(server, request, api.url, plain);
    expect(claims).toMatchObject({ client_id: client.client_id, sub: client.client_id, scope: tokens.scope });

    const forOthers = oauth.validateJwtAccessToken(server, request, "https://other.example", plain);
    await expect(forOthers).rejects.toThrow();
  });

  test("the published keys and metadata may be cached, by every page", async () => {
    for (const [path, seconds] of [
      ["/.well-known/jwks.json", 300],
      ["/.well-known/oauth-authorization-server", 3600],
    ] as const) {
      const { headers } = await api.call(path, undefined, { headers: { Origin: "https://shop.example" } });
      expect(headers.get("cache-control")).toBe(`public, max-age=${seconds}`);
      expect(headers.get("access-control-allow-origin")).toBe("*");
    }
  });
});

describe("a resource server that introspects", () => {
  let shop: Server;
  let shopUrl: string;
  beforeAll(async () => {
    const own = await createTestKey(organization, { roles: ["key_verifier"] });
    const server = await discovered();
    // fetch reuses connections. On a busy machine a short keep-alive could close one just as a request is sent.
    shop = createServer({ keepAliveTimeout: 120_000 }, async (request, response) => {
      const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
      const client = { client_id: formatKeyId(own.id) };
      const way = oauth.ClientSecretBasic(own.token);
      const asked = await oauth.introspectionRequest(server, client, way, token, plain);
      const { active, scope = "" } = await oauth.processIntrospectionResponse(server, client, asked);
      const may = active && scope.split(" ").includes("applications:read");
      response.writeHead(!active ? 401 : may ? 200 : 403).end();
    });
    shop.listen(0, "127.0.0.1");
    await once(shop, "listening");
    shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    shop.closeAllConnections();
    shop.close();
  });

  const order = async (token: string) =>
    (await fetch(shopUrl, { headers: { Authorization: `Bearer ${token}` } })).status;
  const tokensOf = async (key: TestKey, parameters: Record<string, string> = {}) =>
    openid.clientCredentialsGrant(await openidClient(key, openid.ClientSecretBasic(key.token)), parameters);

  test("[B6] accepts a token or a key with the permission, and none of another organization", async () => {
    const key = await createTestKey(organization);
    expect(await order((await tokensOf(key)).access_token)).toBe(200);
    expect(await order((await tokensOf(key, { scope: "keys:read" })).access_token)).toBe(403);
    expect(await order(key.token)).toBe(200);
    const foreign = await createTestKey(await createTestOrganization("Foreign"));
    expect(await order((await tokensOf(foreign)).access_token)).toBe(401);
    expect(await order(foreign.token)).toBe(401);
    expect(await order("nonsense")).toBe(401);
    expect(await order((await tokensOf(key)).refresh_token ?? "")).toBe(401);
  });

  test("[B7] refuses every token of a key from the moment that the key is revoked", async () => {
    const key = await createTestKey(organization);
    const tokens = await Promise.all([tokensOf(key), tokensOf(key)]);
    for (const { access_token } of tokens) expect(await order(access_token)).toBe(200);
    await endTestKey(key, { revokedAt: new Date() });
    for (const { access_token } of tokens) {
      expect(await order(access_token)).toBe(401);
      expect(await me(access_token)).toBe("key_revoked");
    }
  });

  test("[B6] refuses a token from the second it expires", async () => {
    const { access_token } = await tokensOf(await createTestKey(organization));
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const { exp = 0 } = await oauth4webapiClaims(access_token);
      vi.setSystemTime(exp * 1000 - 1);
      expect(await order(access_token)).toBe(200);
      vi.setSystemTime(exp * 1000);
      expect(await order(access_token)).toBe(401);
      expect(await me(access_token)).toBe("key_expired");
    } finally {
      vi.useRealTimers();
    }
  });
});

async function oauth4webapiClaims(token: string): Promise<{ exp?: number }> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

describe("a caller of introspection", () => {
  test("[B6] may be a key or an access token as Bearer, and is challenged when it is neither", async () => {
    const key = await createTestKey(organization);
    const ask = (token: string | undefined, headers: Record<string, string> = {}) =>
      api.call("/v1/oauth/introspect", token, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams({ token: key.token }).toString(),
      });
    const config = await openidClient(key, openid.ClientSecretBasic(key.token));
    const { access_token } = await openid.clientCredentialsGrant(config);
    for (const token of [key.token, access_token]) expect((await ask(token)).json.active).toBe(true);
    expect((await ask(undefined, { "X-API-Key": key.token })).json.active).toBe(true);

    const refused = await ask("lk_sk_x");
    expect([refused.status, refused.json.error]).toEqual([401, "invalid_token"]);
    expect(refused.headers.get("www-authenticate")).toContain(
      'Bearer realm="latchkey", error="invalid_token"',
    );
    const nobody = await ask(undefined);
    expect([nobody.status, nobody.json.error]).toEqual([401, "invalid_client"]);
    const page = await ask(key.token, { Origin: "https://shop.example" });
    expect([page.status, page.json.error]).toEqual([400, "invalid_request"]);
  });

  test("[J1] an access token from a page of another site is refused before any lookup", async () => {
    const key = await createTestKey(organization);
    const config = await openidClient(key, openid.ClientSecretBasic(key.token));
    const { access_token } = await openid.clientCredentialsGrant(config);
    const headers = { Origin: "https://shop.example" };
    for (const token of [access_token, "e30.e30.e30"]) {
      const { status, json } = await api.call("/v1/me", token, { headers });
      expect([status, json.code]).toEqual([403, "forbidden"]);
    }
  });
});
