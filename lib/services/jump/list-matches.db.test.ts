import { beforeAll, describe, expect, test } from "vitest";
import { foreignToken, importTestKeys } from "@/e2e/support/data/import-test-keys";
import { createTestKey, endTestKey, pauseTestKey, type TestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { rollKey } from "@/lib/services/keys/roll-key";
import { listMatches } from "./list-matches";

let organization: TestOrganization;
let key: TestKey;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Jumping");
  key = await createTestKey(organization, { name: "Zebra gateway" });
});

const find = async (text: string, level: AccessLevel = "OWNER") =>
  value(await listMatches(await organization.as(level), { text }));
const named = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);

describe("the command menu finds", () => {
  test("keys of every status by name and by key id", async () => {
    const ended = await createTestKey(organization, { name: "Zebra of old" });
    await endTestKey(ended, { revokedAt: new Date() });
    expect(named((await find("zebra")).keys).sort()).toEqual(["Zebra gateway", "Zebra of old"]);
    expect((await find(`key_${ended.id}`)).token).toMatchObject({
      ...{ id: ended.id, name: "Zebra of old", status: "revoked", secret: "named" },
    });
  });

  test("members, applications and roles, at most five of each", async () => {
    for (let index = 0; index < 6; index += 1) await createTestKey(organization, { name: `Lion ${index}` });
    expect((await find("lion")).keys).toHaveLength(5);
    expect((await find(organization.userIds.ADMIN.slice(0, 4))).members).toEqual([]);
    expect(named((await find("ADMIN of")).members)).toEqual(["ADMIN of Jumping"]);
    expect((await find("full_access")).roles.map(({ id }) => id)).toEqual(["full_access"]);
  });

  test("[B2] for a member no keys of others, not even by token", async () => {
    for (const text of ["zebra", `key_${key.id}`, key.token]) {
      expect(await find(text, "MEMBER")).toMatchObject({ token: null, keys: [], roles: [] });
    }
    await database().organization.update({
      where: { id: organization.id },
      data: { keyCreators: "MEMBER" },
    });
    const own = await createTestKey(organization, { name: "Zebra of mine", creator: "MEMBER" });
    expect(named((await find("zebra", "MEMBER")).keys)).toEqual(["Zebra of mine"]);
    expect((await find(key.token, "MEMBER")).token).toBeNull();
    expect((await find(own.token, "MEMBER")).token).toMatchObject({ id: own.id, secret: "current" });
  });
});

describe("a pasted token", () => {
  test("[L2] names its key, and says which secret it is and whether that works", async () => {
    const at = new Date();
    const rolled = await createTestKey(organization, { name: "Rolled" });
    const owner = await organization.as("OWNER", at);
    value(await rollKey(owner, { keyId: rolled.id, graceSeconds: 3600, version: 1 }));
    expect((await find(` Bearer ${key.token} `)).token).toMatchObject({
      name: "Zebra gateway",
      secret: "current",
    });
    expect((await find(rolled.token)).token).toMatchObject({ status: "rolling", secret: "previous" });
    await pauseTestKey(rolled.id);
    expect((await find(rolled.token)).token).toMatchObject({ status: "paused", endedAt: null });
    const revokedAt = new Date(at.getTime() - 1000);
    await endTestKey(rolled, { revokedAt });
    expect((await find(rolled.token)).token).toMatchObject({ status: "revoked", endedAt: revokedAt });
  });

  test("that was cut off, or is not a secret of the key, still names the key", async () => {
    expect((await find(key.token.slice(0, 30))).token).toMatchObject({ id: key.id, secret: "cut" });
    const rolled = await createTestKey(organization, { name: "Rolled at once" });
    const owner = await organization.as("OWNER", new Date(Date.now() - 60_000));
    value(await rollKey(owner, { keyId: rolled.id, graceSeconds: 0, version: 1 }));
    expect((await find(rolled.token)).token).toMatchObject({ id: rolled.id, secret: "ended" });
  });

  test("of another system names the key that it was imported as", async () => {
    const token = foreignToken();
    const [imported] = await importTestKeys(organization, [token], { name: "Moved in" });
    expect((await find(token)).token).toMatchObject({
      id: imported?.id,
      name: "Moved in",
      secret: "current",
    });
    expect((await find(foreignToken())).token).toBeNull();
  });

  test("[B2] of another organization finds nothing", async () => {
    const elsewhere = await createTestKey(await createTestOrganization("Elsewhere"));
    expect(await find(elsewhere.token)).toMatchObject({ token: null, keys: [] });
  });
});
