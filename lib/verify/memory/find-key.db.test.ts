import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { underOneLease } from "@/e2e/support/timing/under-one-lease";
import { judgeKey } from "@/lib/core/keys/verdict";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { changeAccessLevelInput } from "@/lib/schemas/member";
import { giveGrant } from "@/lib/services/grants/give-grant";
import { takeGrant } from "@/lib/services/grants/take-grant";
import { deleteKey } from "@/lib/services/keys/delete-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { changeAccessLevel } from "@/lib/services/members/change-access-level";
import { removeMember } from "@/lib/services/members/remove-member";
import { updateOrganization } from "@/lib/services/organizations/update-organization";
import { deleteResource } from "@/lib/services/resources/delete-resource";
import { updateRole } from "@/lib/services/roles/update-role";
import { buildToken, parseToken, randomKeyId } from "@/lib/token/format";
import { organizationPeppers, tokenMatcher } from "@/lib/token/secret";
import { startChangeFeed, stopChangeFeed } from "../changes/change-feed";
import { judgeToken } from "../verdict/judge-token";
import { findKey } from "./find-key";
import { loadKeySnapshot } from "./key-snapshot";
import { Loaded } from "./loaded";

let organization: TestOrganization;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Remembered");
  await startChangeFeed();
});
afterAll(async () => {
  await stopChangeFeed();
});

/** The database's current verdict on a token, bypassing memory. */
async function fresh(token: string, now: Date) {
  const key = await loadKeySnapshot(parseToken(token)?.keyId ?? "");
  if (key === null) return { code: "UNKNOWN" };
  const matches = tokenMatcher(token, organizationPeppers(env().peppers, key.organizationId));
  const verdict = judgeKey(key, matches, {}, now);
  return verdict.code === "UNKNOWN" ? verdict : { ...verdict, key: { rateLimit: key.rateLimit } };
}

async function expectCurrent(tokens: readonly string[]): Promise<void> {
  const now = new Date();
  for (const token of tokens) {
    const [judged, remembered] = await underOneLease(async () => [
      await judgeToken(token, {}, now),
      findKey(parseToken(token)?.keyId ?? "", new Loaded()),
    ]);
    expect(judged).toMatchObject(await fresh(token, now));
    // The key is cached now, so that the next change has something to invalidate.
    expect(remembered).not.toBeUndefined();
  }
}

test("[L1] [Y9] after every verb that affects a verdict, memory matches the database", async () => {
  const owner = await organization.as("OWNER");
  const { OWNER, ADMIN, MEMBER } = organization.userIds;
  const role = { organizationId: organization.id, roleId: "ic_viewer", title: "Viewer" };
  await database().role.create({ data: { ...role, permissions: ["ic:read"] } });
  const shop = await database().application.create({
    data: { organizationId: organization.id, name: "Shop" },
  });
  const resource = { type: "application", id: shop.id } as const;
  const grant = { organizationId: organization.id, applicationId: shop.id, accessLevel: "ADMIN" } as const;
  await database().grant.createMany({ data: [OWNER, ADMIN].map((userId) => ({ ...grant, userId })) });

  const keys: Record<string, TestKey> = {};
  for (const name of ["edited", "rolled", "revoked", "deleted"]) {
    keys[name] = await createTestKey(organization, { name, roles: ["ic_viewer", "full_access"] });
  }
  const byAdmin = { creator: "ADMIN", accessLevel: "ADMIN" } as const;
  keys.admins = await createTestKey(organization, byAdmin);
  keys.inShop = await createTestKey(organization, { ...byAdmin, namespace: resource });
  keys.ownersInShop = await createTestKey(organization, { accessLevel: "ADMIN", namespace: resource });
  const byMember = { creator: "MEMBER", accessLevel: "MEMBER" } as const;
  keys.handedOver = await createTestKey(organization, byMember);
  keys.members = await createTestKey(organization, byMember);
  keys.old = await createTestKey(organization, { createdAt: new Date("2020-01-01T00:00:00.000Z") });
  const shown = { maximumLifetimeDays: 2000, at: owner.origin.at, now: 9, soon: 9 };
  const id = (name: string) => ({ keyId: keys[name]?.id ?? "" });
  const tokens = Object.values(keys).map(({ token }) => token);
  await expectCurrent(tokens);

  const roll = { ...id("rolled"), graceSeconds: 43_200, version: 1 };
  const level = (userId: string, accessLevel: string) =>
    changeAccessLevelInput.parse({ userId, accessLevel });
  const name = "Remembered";
  const written = { title: "Viewer", description: "", permissions: ["ic:write"], publishable: false };
  const verbs: (() => Promise<{ readonly ok: boolean }>)[] = [
    () => updateKey(owner, { ...id("edited"), name: "Renamed", roles: ["ic_viewer"] }),
    async () => {
      const rolled = await rollKey(owner, roll);
      tokens.push(value(rolled).token);
      return rolled;
    },
    () => updateRole(owner, { ...role, ...written, seen: { ...written, permissions: ["ic:read"] } }),
    () => updateOrganization(owner, { name, keyCreators: "ADMIN" }),
    () => updateOrganization(owner, { maximumLifetimeDays: 2000, shown }),
    () => updateOrganization(owner, { maximumLifetimeDays: null }),
    () => changeAccessLevel(owner, level(ADMIN, "MEMBER")),
    () => changeAccessLevel(owner, level(ADMIN, "ADMIN")),
    () => takeGrant(owner, { resource, userId: ADMIN, transfers: [] }),
    () => giveGrant(owner, { resource, userId: ADMIN, accessLevel: "ADMIN" }),
    () => revokeKey(owner, id("revoked")),
    () => deleteKey(owner, id("deleted")),
    () => removeMember(owner, { userId: MEMBER, transfers: [{ ...id("handedOver"), toUserId: OWNER }] }),
    () => deleteResource(owner, { resource, keyTotal: null }),
    () => removeMember(owner, { userId: ADMIN, transfers: [] }),
    () => updateKey(owner, { ...id("edited"), rateLimit: { requests: 1, seconds: 60 } }),
    () => updateKey(owner, { ...id("edited"), allowedAddresses: ["203.0.113.0/24"] }),
  ];
  for (const verb of verbs) {
    const before = await Promise.all(tokens.map((token) => fresh(token, new Date())));
    const outcome = await verb();
    expect(outcome).toMatchObject({ ok: true });
    await expectCurrent(tokens);
    const after = await Promise.all(tokens.map((token) => fresh(token, new Date())));
    // Giving the grant again does not revive an ended key; every other verb here affects the verdict.
    if (verb !== verbs[7]) expect(after).not.toEqual(before);
  }
});

test("[L10] a cached key costs no query, and neither does one known not to exist", async () => {
  const { token } = await createTestKey(organization);
  const unknown = buildToken("secret", randomKeyId());
  const judge = async () => {
    const verdicts = await Promise.all([token, unknown].map((each) => judgeToken(each, {}, new Date())));
    expect(verdicts.map(({ code }) => code)).toEqual(["VALID", "UNKNOWN"]);
  };

  const spy = vi.spyOn(pg.Client.prototype, "query");
  const asked = () =>
    spy.mock.calls.map((call) => JSON.stringify(call)).filter((text) => /api_keys/.test(text));
  try {
    const askedAgain = await underOneLease(async () => {
      await judge();
      spy.mockClear();
      for (let count = 0; count < 100; count++) await judge();
      return asked();
    });
    expect(askedAgain).toEqual([]);
    await stopChangeFeed();
    await judge();
    expect(asked()).toHaveLength(1);
  } finally {
    spy.mockRestore();
    await startChangeFeed();
  }
});

test("[L1] a key that did not exist works once its creation was answered", async () => {
  const keyId = randomKeyId();
  const before = buildToken("secret", keyId);
  expect((await judgeToken(before, {}, new Date())).code).toBe("UNKNOWN");
  for (let count = 0; count < 10; count++) {
    const { token } = await createTestKey(organization);
    expect((await judgeToken(token, {}, new Date())).code).toBe("VALID");
  }
});
