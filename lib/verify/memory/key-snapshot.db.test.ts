import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { accessLevels } from "@/lib/core/access/access-level";
import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import type { Namespace } from "@/lib/core/access/namespace";
import { builtInRole, builtInRoles } from "@/lib/core/access/role";
import { JsonText } from "@/lib/core/json/json-text";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { database, inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { namespaceColumns } from "@/lib/services/access/level-in-namespace";
import type { NewKey } from "@/lib/services/keys/insert-key";
import { insertSecret } from "@/lib/services/keys/insert-key";
import { buildToken } from "@/lib/token/format";
import { loadKeySnapshot } from "./key-snapshot";

let organization: TestOrganization;
/** Another tenant, whose people, grants and roles must not count. */
let other: TestOrganization;
let namespaces: Record<Exclude<Namespace["type"], "organization"> | "organizationGroup", Namespace>;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Snapshots");
  other = await createTestOrganization("Other");
  const organizationId = organization.id;
  const application = await database().application.create({ data: { organizationId, name: "Shop" } });
  const inShop = { organizationId, applicationId: application.id };
  const workspace = await database().workspace.create({ data: { ...inShop, name: "Berlin" } });
  const group = await database().userGroup.create({ data: { ...inShop, name: "Staff" } });
  const own = await database().userGroup.create({ data: { organizationId, name: "Board" } });
  namespaces = {
    application: { type: "application", id: application.id },
    workspace: { type: "workspace", id: workspace.id },
    usergroup: { type: "usergroup", id: group.id },
    organizationGroup: { type: "usergroup", id: own.id },
  };
});

const createdAt = new Date("2026-01-02T03:04:05.678Z");

/** Creates a key of the organization by its admin. */
const newKey = (over: Partial<NewKey> = {}) =>
  createTestKey(organization, { creator: "ADMIN", accessLevel: "ADMIN", roles: [], createdAt, ...over });

async function snapshotOf(id: string): Promise<KeySnapshot> {
  const snapshot = await loadKeySnapshot(id);
  if (snapshot === null) throw new Error("There is no such key");
  return snapshot;
}

async function grant(userId: string, namespace: Namespace, accessLevel: AccessLevel): Promise<void> {
  await database().grant.create({
    data: { organizationId: organization.id, userId, accessLevel, ...namespaceColumns(namespace) },
  });
}

describe("[P3] the snapshot of a key", () => {
  test("is null for a key that never existed", async () => {
    expect(await loadKeySnapshot("0000000000000000")).toBeNull();
  });

  test("holds everything a verdict depends on", async () => {
    const expiresAt = new Date("2030-01-02T03:04:05.678Z");
    const limits = { allowedAddresses: ["203.0.113.0/24"], rateLimit: { requests: 5, seconds: 60 } };
    const [subject, text] = ["cus_1", '{ "n": 1.0 }'];
    const given = { subject, metadata: text, expiresAt, ...limits };
    const { id } = await newKey({ roles: ["full_access"], ...given });
    expect(await snapshotOf(id)).toEqual({
      id,
      organizationId: organization.id,
      name: "A key",
      subject,
      metadata: JsonText.of(text),
      type: "secret",
      accessLevel: "ADMIN",
      namespace: { type: "organization", id: organization.id },
      roles: [builtInRole("full_access")],
      creatorId: organization.userIds.ADMIN,
      creatorLevel: "ADMIN",
      keyCreators: "OWNER",
      maximumLifetimeDays: null,
      createdAt: new Date("2026-01-02T03:04:05.678Z"),
      importsKeys: false,
      expiresAt,
      pausedAt: null,
      revokedAt: null,
      deletedAt: null,
      ...limits,
      secrets: [expect.objectContaining({ pepperVersion: expect.any(Number), endsAt: null })],
    });
  });

  test.each(["application", "workspace", "usergroup", "organizationGroup"] as const)(
    "of namespace %s counts its creator's grant in exactly that one [P9]",
    async (name) => {
      const namespace = namespaces[name];
      const where = { userId: organization.userIds.ADMIN, ...namespaceColumns(namespace) };
      await grant(organization.userIds.ADMIN, namespace, "MEMBER");
      const key = await newKey({ namespace });
      expect(await snapshotOf(key.id)).toMatchObject({ namespace, creatorLevel: "MEMBER" });

      for (const [elsewhere, place] of Object.entries(namespaces)) {
        if (elsewhere !== name) await grant(organization.userIds.ADMIN, place, "OWNER");
      }
      await grant(organization.userIds.MEMBER, namespace, "OWNER");
      expect((await snapshotOf(key.id)).creatorLevel).toBe("MEMBER");

      for (const accessLevel of accessLevels) {
        await database().grant.updateMany({ where, data: { accessLevel } });
        expect((await snapshotOf(key.id)).creatorLevel).toBe(accessLevel);
      }
      // The database refuses to delete the grant while a key created under it is live.
      await expect(database().grant.deleteMany({ where })).rejects.toThrow();
      await endTestKey(key, { revokedAt: new Date() });
      await database().grant.deleteMany({ where: { organizationId: organization.id } });
      expect((await snapshotOf(key.id)).creatorLevel).toBeNull();
    },
  );

  test("[Y9] follows its creator's level in the organization, down and up again", async () => {
    const { id } = await newKey({ roles: ["full_access"] });
    const where = {
      organizationId_userId: { organizationId: organization.id, userId: organization.userIds.ADMIN },
    };
    const may = async () => effectivePermissions(await snapshotOf(id)).permissions.includes("keys:verify");
    expect(await may()).toBe(true);
    await database().member.update({ where, data: { accessLevel: "MEMBER" } });
    expect(await may()).toBe(false);
    await database().member.update({ where, data: { accessLevel: "ADMIN" } });
    expect(await may()).toBe(true);
  });

  test("ignores its creator's membership in another organization", async () => {
    const userId = organization.userIds.ADMIN;
    await database().member.create({ data: { organizationId: other.id, userId, accessLevel: "OWNER" } });
    const { id } = await newKey();
    expect((await snapshotOf(id)).creatorLevel).toBe("ADMIN");
  });

  test.each(accessLevels)("[Y2] knows that %s may create keys", async (keyCreators) => {
    const { id } = await newKey();
    await database().organization.update({ where: { id: organization.id }, data: { keyCreators } });
    expect((await snapshotOf(id)).keyCreators).toBe(keyCreators);
    await database().organization.update({ where: { id: organization.id }, data: { keyCreators: "OWNER" } });
  });
});

describe("[S5] the roles of a key", () => {
  test("are empty when it carries none", async () => {
    expect((await snapshotOf((await newKey()).id)).roles).toEqual([]);
  });

  test.each(builtInRoles.map((role) => role.id))("built in: %s", async (role) => {
    expect((await snapshotOf((await newKey({ roles: [role] })).id)).roles).toEqual([builtInRole(role)]);
  });

  test("that the organization defined are its own, with their current permissions", async () => {
    const role = {
      roleId: `ic_viewer_${randomUUID().slice(0, 8).replace(/^/, "r")}`,
      title: "Intelligence Center Read-Only",
      description: "Says 'reads', and nothing else 🙂",
      permissions: ["intelligence:read", "intelligence:search"],
      publishable: true,
    };
    const theirs = { ...role, title: "Theirs", permissions: ["intelligence:delete"] };
    await database().role.create({ data: { ...theirs, organizationId: other.id } });
    const own = await database().role.create({ data: { ...role, organizationId: organization.id } });
    const { id } = await newKey({ roles: [role.roleId, "read_only", "auditor"] });
    const { roleId, ...shown } = role;
    expect((await snapshotOf(id)).roles).toEqual([
      builtInRole("auditor"),
      { id: roleId, ...shown },
      builtInRole("read_only"),
    ]);
    await database().role.update({ where: { id: own.id }, data: { permissions: [] } });
    expect((await snapshotOf(id)).roles[1]?.permissions).toEqual([]);
  });
});

describe("[J8] the end of a key", () => {
  test("[J7] every secret it ever had is there, newest first", async () => {
    const { id } = await newKey();
    const endsAt = new Date("2026-02-03T04:05:06.789Z");
    await inTransaction(async (transaction) => {
      await transaction.apiKeySecret.updateMany({ where: { keyId: id }, data: { endsAt } });
      const organizationId = organization.id as OrganizationId;
      const secret = { organizationId, keyId: id, type: "secret", version: 2, createdAt } as const;
      await insertSecret(transaction, { ...secret, token: buildToken("secret", id) });
    });
    const rows = await database().apiKeySecret.findMany({
      where: { keyId: id },
      orderBy: { version: "desc" },
      select: { id: true, hash: true },
    });
    const { secrets } = await snapshotOf(id);
    expect(secrets.map((secret) => secret.endsAt)).toEqual([null, endsAt]);
    expect(secrets.map((secret) => secret.id)).toEqual(rows.map((row) => row.id));
    expect(secrets.map((secret) => Buffer.from(secret.hash).toString("hex"))).toEqual(
      rows.map((row) => Buffer.from(row.hash).toString("hex")),
    );
  });

  test("a deleted key is found, with the moments of its end to the millisecond", async () => {
    const { id } = await newKey();
    const revokedAt = new Date("2026-03-04T05:06:07.891Z");
    const deletedAt = new Date("2026-03-04T05:06:08.912Z");
    await database().apiKey.update({
      where: { id },
      data: { revokedAt, deletedAt, revocationReason: "person", liveCreatorId: null },
    });
    expect(await snapshotOf(id)).toMatchObject({ revokedAt, deletedAt });
  });
});
