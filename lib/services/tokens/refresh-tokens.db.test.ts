import { beforeAll, describe, expect, test } from "vitest";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { codeOf, granted, tokenClient } from "@/e2e/support/data/test-tokens";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import type { Env } from "@/lib/env";
import { env, setEnv } from "@/lib/env";

let organization: TestOrganization;
let key: TestKey;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Refreshing");
  key = await createTestKey(organization);
});

const start = new Date(Math.floor(Date.now() / 1000) * 1000);
const later = (ms: number) => new Date(start.getTime() + ms);
const dayMs = 24 * 60 * 60 * 1000;

const endsIn = (keyId: string) =>
  database().auditEntry.findMany({ where: { targetId: keyId, action: "token_family.revoked" } });

describe("a refresh token", () => {
  test("[B6] is exchanged for an access token and its successor, generation after generation", async () => {
    const client = tokenClient(key);
    let { refreshToken } = await client.issue(start);
    const seen = new Set([refreshToken]);
    for (let generation = 1; generation <= 5; generation++) {
      const next = granted(await client.refresh(later(generation * dayMs), refreshToken));
      expect(next.expiresInSeconds).toBe(900);
      expect(await codeOf(next.accessToken, later(generation * dayMs))).toBe("good");
      refreshToken = next.refreshToken;
      seen.add(refreshToken);
    }
    expect(seen.size).toBe(6);
  });

  test("[B6] works for 30 days from the issue, however often it was exchanged", async () => {
    const client = tokenClient(key);
    const issued = await client.issue(start);
    const idle = await client.issue(start);
    const next = granted(await client.refresh(later(30 * dayMs - 1), issued.refreshToken));
    // The last access token ends with its family.
    expect(next.expiresInSeconds).toBeLessThanOrEqual(1);
    expect(await client.refresh(later(30 * dayMs), next.refreshToken)).toMatchObject({
      error: "invalid_grant",
    });
    expect(await client.refresh(later(30 * dayMs), idle.refreshToken)).toMatchObject({
      error: "invalid_grant",
    });
  });

  test("[B6] may request fewer permissions, never more than were issued", async () => {
    const client = tokenClient(key);
    const issued = await client.issue(start, { scope: ["keys:verify", "keys:read"] });
    const more = await client.refresh(later(1), issued.refreshToken, ["keys:verify", "roles:manage"]);
    expect(more).toMatchObject({ error: "invalid_scope" });
    const fewer = granted(await client.refresh(later(1), issued.refreshToken, ["keys:read"]));
    expect(fewer.scope).toEqual(["keys:read"]);
    const all = granted(await client.refresh(later(2), fewer.refreshToken));
    expect(all.scope).toEqual(["keys:read", "keys:verify"]);
  });

  test("[B6] whose response was lost gives the same successor for ten seconds", async () => {
    const client = tokenClient(key);
    const { refreshToken } = await client.issue(start);
    const first = granted(await client.refresh(start, refreshToken));
    for (const at of [start, later(5_000), later(10_000)]) {
      const again = granted(await client.refresh(at, refreshToken));
      expect(again.refreshToken).toBe(first.refreshToken);
      expect(await codeOf(again.accessToken, at)).toBe("good");
    }
    // A client that has moved on to the successor is not affected by a late repetition.
    const second = granted(await client.refresh(later(6_000), first.refreshToken));
    expect(granted(await client.refresh(later(7_000), refreshToken)).refreshToken).toBe(first.refreshToken);
    expect(granted(await client.refresh(later(8_000), second.refreshToken)).refreshToken).not.toBe(
      second.refreshToken,
    );
    expect(await endsIn(key.id)).toEqual([]);
  });

  test("[B6] presented again after ten seconds ends its whole family, and no other, and is logged", async () => {
    const mine = await createTestKey(organization, { name: "Reused" });
    const client = tokenClient(mine);
    const other = await client.issue(start);
    const issued = await client.issue(start);
    const next = granted(await client.refresh(start, issued.refreshToken));
    expect(await client.refresh(later(10_001), issued.refreshToken)).toMatchObject({
      error: "invalid_grant",
    });
    for (const token of [issued.accessToken, next.accessToken]) {
      expect(await codeOf(token, later(10_001))).toBe("key_revoked");
    }
    expect(await client.refresh(later(10_001), next.refreshToken)).toMatchObject({ error: "invalid_grant" });
    expect(await codeOf(other.accessToken, later(10_001))).toBe("good");
    expect((await client.refresh(later(10_001), other.refreshToken)).ok).toBe(true);
    expect(await endsIn(mine.id)).toMatchObject([
      { actorKeyId: mine.id, targetName: "Reused", details: { reason: "reuse", user: null } },
    ]);
  });

  test("[B6] presented by 50 at once has one successor, which works", async () => {
    const client = tokenClient(key);
    const { refreshToken } = await client.issue(start);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => client.refresh(later(index), refreshToken)),
    );
    const tokens = answers.map(granted);
    const [successor = "", ...others] = [...new Set(tokens.map((answer) => answer.refreshToken))];
    expect(others).toEqual([]);
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(50);
    expect((await client.refresh(later(1_000), successor)).ok).toBe(true);
  });

  test("[B6] presented late by 50 at once ends its family once", async () => {
    const mine = await createTestKey(organization);
    const client = tokenClient(mine);
    const { refreshToken } = await client.issue(start);
    granted(await client.refresh(start, refreshToken));
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => client.refresh(later(20_000), refreshToken)),
    );
    expect(answers.every((answer) => !answer.ok && answer.error === "invalid_grant")).toBe(true);
    expect(await endsIn(mine.id)).toHaveLength(1);
  });

  test("[B6] of another client is refused like an unknown one, and stays valid", async () => {
    const { refreshToken } = await tokenClient(key).issue(start);
    const nobody = await tokenClient(key).refresh(start, refreshToken.replace(/.$/, "-"));
    const colleague = await createTestKey(organization);
    const stranger = await createTestKey(await createTestOrganization("Strangers"));
    for (const thief of [colleague, stranger]) {
      expect(await tokenClient(thief).refresh(start, refreshToken)).toEqual(nobody);
    }
    const next = granted(await tokenClient(key).refresh(later(1), refreshToken));
    // The token is late and used, so it would count as reuse if it belonged to them.
    for (const thief of [colleague, stranger]) {
      expect(await tokenClient(thief).refresh(later(60_000), refreshToken)).toEqual(nobody);
      await tokenClient(thief).revoke(later(60_000), next.refreshToken);
      await tokenClient(thief).revoke(later(60_000), next.accessToken);
    }
    expect(await codeOf(next.accessToken, later(60_000))).toBe("good");
    expect((await tokenClient(key).refresh(later(60_000), next.refreshToken)).ok).toBe(true);
  });

  test("is returned again after the pepper was replaced, as long as the old one is kept", async () => {
    const client = tokenClient(key);
    const { refreshToken } = await client.issue(start);
    const first = granted(await client.refresh(start, refreshToken));
    const before: Env = env();
    const byVersion = new Map([...before.peppers.byVersion, [2, Buffer.alloc(32, 2)]]);
    setEnv({ ...before, peppers: { current: 2, byVersion } });
    try {
      const again = granted(await client.refresh(later(1_000), refreshToken));
      expect(again.refreshToken).toBe(first.refreshToken);
      expect((await client.refresh(later(2_000), first.refreshToken)).ok).toBe(true);
    } finally {
      setEnv(before);
    }
  });
});

describe("revoking", () => {
  test("[B7] a refresh token ends its whole family, once, and an access token ends alone", async () => {
    const mine = await createTestKey(organization);
    const client = tokenClient(mine);
    const issued = await client.issue(start);
    const next = granted(await client.refresh(start, issued.refreshToken));
    granted(await client.revoke(later(1), issued.accessToken));
    granted(await client.revoke(later(1), issued.accessToken));
    expect(await codeOf(issued.accessToken, later(1))).toBe("key_revoked");
    expect(await codeOf(next.accessToken, later(1))).toBe("good");
    expect(await endsIn(mine.id)).toEqual([]);

    // The first refresh token is enough, used or not.
    granted(await client.revoke(later(2), issued.refreshToken));
    granted(await client.revoke(later(3), next.refreshToken));
    expect(await codeOf(next.accessToken, later(2))).toBe("key_revoked");
    expect(await client.refresh(later(3), next.refreshToken)).toMatchObject({ error: "invalid_grant" });
    expect(await endsIn(mine.id)).toMatchObject([{ details: { reason: "client" } }]);
  });

  test("is remembered until the token would have expired", async () => {
    const client = tokenClient(key);
    const count = () => database().revokedAccessToken.count({ where: { organizationId: organization.id } });
    const before = await count();
    granted(await client.revoke(later(1), (await client.issue(start)).accessToken));
    expect(await count()).toBe(before + 1);
    const at = later(901_000);
    granted(await client.revoke(at, (await client.issue(at)).accessToken));
    expect(await count()).toBe(1);
  });
});
