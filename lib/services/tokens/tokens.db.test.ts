import { decodeJwt, decodeProtectedHeader } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, setTestLevel, value } from "@/e2e/support/data/test-organization";
import { codeOf, granted, tokenClient } from "@/e2e/support/data/test-tokens";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { actingLevel } from "@/lib/services/access/key-context";
import { rollKey } from "@/lib/services/keys/roll-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { authenticateToken } from "@/lib/verify/verdict/authenticate-token";

let organization: TestOrganization;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Tokens");
});

const start = new Date(Math.floor(Date.now() / 1000) * 1000);
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const daySeconds = 24 * 60 * 60;

describe("a secret key gets tokens", () => {
  test.each(["OWNER", "ADMIN", "MEMBER"] as const)(
    "[B6] of level %s: a 15-minute access token and a refresh token, at its own level",
    async (accessLevel) => {
      const key = await createTestKey(organization, { accessLevel });
      const tokens = await tokenClient(key).issue(start);
      expect(tokens.expiresInSeconds).toBe(900);
      expect(tokens.scope).toContain("tokens:issue");
      expect(tokens.scope.includes("keys:read")).toBe(accessLevel !== "MEMBER");
      const used = value(await authenticateToken(tokens.accessToken, later(899)));
      expect(used.permissions).toEqual(tokens.scope);
      expect(actingLevel(used)).toBe(accessLevel);
      expect(await codeOf(tokens.accessToken, later(900))).toBe("key_expired");
    },
  );

  test("[B6] that names its issuer, client, scope and expiry (RFC 9068)", async () => {
    const key = await createTestKey(organization, { roles: ["token_issuer"] });
    const { accessToken } = await tokenClient(key).issue(start);
    expect(decodeProtectedHeader(accessToken)).toEqual({
      alg: "ES256",
      typ: "at+jwt",
      kid: expect.stringMatching(/^[\w-]{43}$/),
    });
    const family = await database().tokenFamily.findFirstOrThrow({ where: { keyId: key.id } });
    expect(decodeJwt(accessToken)).toEqual({
      iss: env().appUrl,
      aud: env().appUrl,
      sub: formatKeyId(key.id),
      client_id: formatKeyId(key.id),
      iat: start.getTime() / 1000,
      exp: start.getTime() / 1000 + 900,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      scope: "tokens:issue",
      organization: organization.id,
      namespace: { type: "organization", id: organization.id },
      access_level: "OWNER",
      family: family.id,
    });
  });

  test("[L13] that has the key's subject as of its issue, and the metadata exactly as written", async () => {
    const [subject, metadata] = ["cus_1 Zoë", '{ "b": 1.0, "id": 12345678901234567890 }'];
    const key = await createTestKey(organization, { roles: ["token_issuer"], subject, metadata });
    const payloadOf = ({ accessToken }: { readonly accessToken: string }) =>
      Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString();
    const issued = await tokenClient(key).issue(start);
    expect(payloadOf(issued)).toContain(`"subject":"${subject}","metadata":${metadata}`);
    const change = { keyId: key.id, subject: "cus_2", metadata: null };
    value(await updateKey(await organization.as("OWNER"), change));
    const used = value(await authenticateToken(issued.accessToken, start));
    expect(used.key).toMatchObject({ subject: "cus_2", metadata: null });
    const again = payloadOf(await tokenClient(key).issue(start));
    expect(again).toContain('"subject":"cus_2"');
    expect(again).not.toContain("metadata");
  });

  test("[B6] never without the permission, so never a public one", async () => {
    for (const key of [
      await createTestKey(organization, { roles: ["read_only", "key_manager"] }),
      await createTestKey(organization, { roles: [] }),
      await createTestKey(organization, { type: "public" }),
    ]) {
      expect(await tokenClient(key).tryIssue(start)).toMatchObject({ error: "unauthorized_client" });
      expect(await database().tokenFamily.count({ where: { keyId: key.id } })).toBe(0);
    }
  });

  test("for fewer permissions on request, and for none that it lacks", async () => {
    const client = tokenClient(await createTestKey(organization, { accessLevel: "ADMIN" }));
    const { accessToken, scope } = await client.issue(start, { scope: ["keys:verify"] });
    expect(scope).toEqual(["keys:verify"]);
    const used = value(await authenticateToken(accessToken, start));
    expect(used.permissions).toEqual(["keys:verify"]);
    expect(used.accessToken?.limits).toMatchObject([{ by: "scope" }]);
    expect(await client.tryIssue(start, { scope: ["keys:verify", "roles:manage"] })).toMatchObject({
      error: "invalid_scope",
    });
  });

  test("that end with the key: neither outlives its expiry", async () => {
    const key = await createTestKey(organization, { expiresAt: later(100) });
    const { accessToken, expiresInSeconds } = await tokenClient(key).issue(start);
    expect(expiresInSeconds).toBe(100);
    expect(await codeOf(accessToken, later(99))).toBe("good");
    expect(await codeOf(accessToken, later(100))).toBe("key_expired");
    const family = await database().tokenFamily.findFirstOrThrow({ where: { keyId: key.id } });
    expect(family.expiresAt).toEqual(later(100));
  });

  test("[L13] that are accepted with the longest possible scope, subject and metadata", async () => {
    const name = "a".repeat(38);
    const permissions = Array.from({ length: 60 }, (_, index) => `${name}${index + 10}:${"b".repeat(40)}`);
    const role = { organizationId: organization.id, roleId: "wide", title: "Wide", permissions };
    await database().role.create({ data: role });
    const owner = { subject: "🔑".repeat(200), metadata: `{"a":"${"x".repeat(2040)}"}` };
    const key = await createTestKey(organization, { roles: ["wide", "token_issuer"], ...owner });
    const { accessToken, scope } = await tokenClient(key).issue(start);
    expect(scope.join(" ").length).toBeGreaterThan(4900);
    expect(value(await authenticateToken(accessToken, start)).permissions).toEqual(scope);
  });

  test("that are never stored in usable form", async () => {
    const key = await createTestKey(organization);
    const first = await tokenClient(key).issue(start);
    const second = granted(await tokenClient(key).refresh(start, first.refreshToken));
    const rows = JSON.stringify([
      await database().tokenFamily.findMany(),
      await database().refreshToken.findMany(),
      await database().signingKey.findMany(),
      await database().auditEntry.findMany(),
    ]);
    for (const token of [first.refreshToken, second.refreshToken, first.accessToken, key.token]) {
      expect(rows).not.toContain(token);
      expect(rows).not.toContain(token.slice(6, 40));
    }
    expect(rows).not.toContain("PRIVATE KEY");
  });
});

describe("the key behind a token", () => {
  const ways = {
    revoked: (key: TestKey) => endTestKey(key, { revokedAt: later(10) }),
    deleted: (key: TestKey) => endTestKey(key, { revokedAt: later(10), deletedAt: later(10) }),
  };
  test.each(Object.entries(ways))("[B7] once %s, has no live tokens", async (_, end) => {
    const key = await createTestKey(organization);
    const client = tokenClient(key);
    const before = [await client.issue(start), await client.issue(start)];
    const refreshed = granted(await client.refresh(start, before[0]?.refreshToken ?? ""));
    await end(key);
    for (const { accessToken } of [...before, refreshed]) {
      expect(await codeOf(accessToken, later(10))).toBe("key_revoked");
    }
    await expect(client.refresh(later(10), refreshed.refreshToken)).rejects.toThrow("invalid_client");
    await expect(client.issue(later(10))).rejects.toThrow("invalid_client: This key was revoked.");
  });

  test("[Y9] [B6] whose creator is demoted grants less at once, and the issued scope again when they rise", async () => {
    const other = await createTestOrganization("Demoted");
    const key = await createTestKey(other, { creator: "ADMIN", accessLevel: "ADMIN" });
    const client = tokenClient(key);
    const { accessToken, refreshToken } = await client.issue(start);
    const may = async (token: string) => {
      const used = value(await authenticateToken(token, later(1)));
      return [used.permissions.includes("keys:read"), actingLevel(used)];
    };
    expect(await may(accessToken)).toEqual([true, "ADMIN"]);
    await setTestLevel(other, other.userIds.ADMIN, "MEMBER");
    expect(await may(accessToken)).toEqual([false, "MEMBER"]);
    const lower = granted(await client.refresh(later(1), refreshToken));
    expect(lower.scope).not.toContain("keys:read");
    await setTestLevel(other, other.userIds.ADMIN, "OWNER");
    expect(await may(accessToken)).toEqual([true, "ADMIN"]);
    expect(await may(lower.accessToken)).toEqual([false, "ADMIN"]);
    const again = granted(await client.refresh(later(2), lower.refreshToken));
    expect(again.scope).toContain("keys:read");
  });

  test("[J7] that is rolled keeps its tokens alive in the grace, and beyond with the new secret", async () => {
    const key = await createTestKey(organization);
    const old = await tokenClient(key).issue(start);
    const left = await tokenClient(key).issue(start);
    const input = { keyId: key.id, graceSeconds: 60, version: 1 };
    const rolled = value(await rollKey(await organization.as("OWNER", start), input));
    const client = tokenClient({ id: key.id, token: rolled.token });
    expect(await codeOf(old.accessToken, later(59))).toBe("good");
    const bounded = await tokenClient(key).issue(later(30));
    expect(bounded.expiresInSeconds).toBe(30);
    const next = granted(await client.refresh(later(30), old.refreshToken));
    // After the grace, tokens that were not refreshed with the new secret end with the old one.
    expect(await codeOf(old.accessToken, later(60))).toBe("good");
    expect(await codeOf(next.accessToken, later(60))).toBe("good");
    expect(await codeOf(left.accessToken, later(60))).toBe("key_rolled");
    expect((await client.refresh(later(60), left.refreshToken)).ok).toBe(true);
    expect(await codeOf(left.accessToken, later(60))).toBe("good");
  });
});

describe("old families", () => {
  test("are deleted a few at a time when new ones are issued, but no live ones", async () => {
    await database().tokenFamily.deleteMany();
    const other = await createTestOrganization("Old");
    const client = tokenClient(await createTestKey(other));
    const count = () => database().tokenFamily.count({ where: { organizationId: other.id } });
    for (let made = 0; made < 3; made++) await client.issue(later(made));
    await client.issue(later(30 * daySeconds + 1));
    expect(await count()).toBe(2);
    await client.issue(later(30 * daySeconds + 2));
    expect(await count()).toBe(2);
    expect(await database().refreshToken.count({ where: { organizationId: other.id } })).toBe(2);
  });
});
