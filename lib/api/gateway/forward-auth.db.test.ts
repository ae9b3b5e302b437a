import { describe, expect, test } from "vitest";
import type { Answer } from "@/e2e/support/api/raw-requests";
import { send } from "@/e2e/support/api/raw-requests";
import { countedCalls } from "@/e2e/support/data/counted-calls";
import { foreignToken, importTestKeys } from "@/e2e/support/data/import-test-keys";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideGateway } from "@/e2e/support/gateways/ask-as-gateway";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { identityHeaderNames } from "./identity-headers";

const { api, tenants, key, ask } = provideGateway();

const identityOf = ({ headers }: Pick<Answer, "headers">) =>
  Object.fromEntries(
    identityHeaderNames.map((name) => [name.slice("X-Latchkey-".length), headers.get(name)]),
  );

describe("[L16] a gateway is told", () => {
  test("whose key a request carries", async () => {
    const { id, token } = await key({
      name: "Ünï & Co",
      roles: ["auditor", "key_verifier"],
      subject: "cus:8213/ü",
      metadata: '{"plan": "pro", "seats":1.0}',
    });
    const reply = await ask(token, "audit:read/-");
    expect([reply.status, reply.text]).toEqual([200, ""]);
    expect(reply.headers.get("cache-control")).toBe("no-store");
    expect(identityOf(reply)).toEqual({
      "Key-Id": formatKeyId(id),
      "Key-Name": "%C3%9Cn%C3%AF%20%26%20Co",
      "Key-Type": "secret",
      Subject: "cus:8213/%C3%BC",
      "Access-Level": "OWNER",
      Namespace: `organization:${tenants.acme.id}`,
      Permissions: "audit:read,keys:verify",
      Metadata: Buffer.from('{"plan": "pro", "seats":1.0}').toString("base64url"),
    });
  });

  test("that a key is public, which passes where nothing is asked that it lacks", async () => {
    const { token } = await key({ type: "public", roles: [] });
    expect(identityOf(await ask(token, "-/-"))).toMatchObject({ "Key-Type": "public" });
    expect((await ask(token, "audit:read/-")).status).toBe(403);
  });

  test("that it has neither subject nor metadata nor permissions, in empty headers", async () => {
    const { token } = await key({ roles: [] });
    for (const way of ["forward-auth", "auth-request"]) {
      expect(identityOf(await ask(token, "-/-", {}, way))).toMatchObject({
        Subject: "",
        Permissions: "",
        Metadata: "",
      });
    }
  });

  test.each(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
    "the same, whatever the client's method (%s), query, body, path and headers",
    async (method) => {
      const { id, token } = await key();
      const attempts = {
        "X-Latchkey-Key-Id": "key_forged",
        "X-Latchkey-Address": "203.0.113.7",
        "X-Original-URL": `/v1/forward-auth/${tenants.other.slug}/-/-`,
        "X-Forwarded-Uri": "/",
        "X-Forwarded-Method": "OPTIONS",
        "X-HTTP-Method-Override": "GET",
        Origin: "https://shop.example",
        "Access-Control-Request-Method": "GET",
        Expect: "100-continue",
      };
      const base = `/v1/forward-auth/${tenants.acme.slug}`;
      const sent = {
        headers: { ...attempts, Host: "latchkey", Authorization: `bearer  ${token}` },
        ...(method === "GET" || method === "HEAD" ? {} : { body: "{not json".repeat(20_000) }),
      };
      const rest = "/orders/7?permissions=-&key=x";
      const may = await send(api, method, `${base}/audit:read/-${rest}`, sent);
      expect([may.status, may.text, may.headers.get("x-latchkey-key-id")]).toEqual([
        200,
        "",
        formatKeyId(id),
      ]);
      expect((await send(api, method, `${base}/users:delete/-${rest}`, sent)).status).toBe(403);
    },
  );

  test("about a public key, too", async () => {
    const { token } = await key({ type: "public", accessLevel: "MEMBER", roles: ["read_only"] });
    const read = await ask(token, "applications:read/-");
    expect(identityOf(read).Permissions).toBe("applications:read,organizations:read");
  });

  test("about an imported key, from the moment it is imported", async () => {
    const organization = await createTestOrganization("Imports");
    const at = (token: string) => api.call(`/v1/forward-auth/${organization.slug}/-/-`, token);
    const foreign = foreignToken();
    expect((await at(foreign)).json.code).toBe("key_malformed");
    const [imported] = await importTestKeys(organization, [foreign]);
    expect(identityOf(await at(foreign))["Key-Id"]).toBe(formatKeyId(imported?.id ?? ""));
    // The answer is the same as that of an organization without imported keys.
    expect((await at(foreignToken())).json.code).toBe("key_malformed");
    expect((await ask(foreign)).json.code).toBe("key_malformed");
  });

  test("about the keys of an organization that was unknown a moment ago", async () => {
    const { slug, ...late } = await createTestOrganization("Late");
    const { token } = await createTestKey({ id: late.id, userIds: late.userIds });
    await database().organization.update({
      where: { id: late.id },
      data: { slug: `${slug.slice(0, 20)}-x` },
    });
    const at = (name: string) => api.call(`/v1/forward-auth/${name}/-/-`, token);
    expect((await at(slug)).json.code).toBe("key_unknown");
    await database().organization.update({ where: { id: late.id }, data: { slug } });
    expect((await at(slug)).status).toBe(200);
  });
});

test("[L16] a check counts as a call of the key, from the client's address", async () => {
  const { id, token } = await key({ allowedAddresses: ["203.0.113.0/24"] });
  const from = (hops: string) =>
    ask(token, "audit:read/-", { "X-Forwarded-For": hops, "User-Agent": "shop/1" });
  // The gateway and the proxy before it are on this machine. Addresses to the left are the client's own claims.
  expect((await from("198.51.100.1, 203.0.113.7, 127.0.0.9")).status).toBe(200);
  expect((await from("203.0.113.7, 198.51.100.1")).status).toBe(403);
  expect(await countedCalls(id)).toEqual({ VALID: 1, FORBIDDEN_IP: 1 });
  const row = await database().apiKey.findUniqueOrThrow({ where: { id } });
  expect([row.lastUsedAddress, row.lastUsedClient]).toEqual(["203.0.113.7", "shop/1"]);
});
