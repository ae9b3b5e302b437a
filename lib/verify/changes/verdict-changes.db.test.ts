import { beforeAll, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database, inTransaction } from "@/lib/db/client";
import { flushUsage, recordUse } from "../usage/usage-recorder";

let organization: TestOrganization;
let keyId: string;
let roleId: string;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Changes");
  keyId = (await createTestKey(organization, { creator: "OWNER", accessLevel: "ADMIN", roles: [] })).id;
  const role = {
    organizationId: organization.id,
    roleId: "ic_viewer",
    title: "Viewer",
    permissions: ["ic:read"],
  };
  roleId = (await database().role.create({ data: role })).id;
});

const owner = () => organization.userIds.OWNER;
const admin = () => organization.userIds.ADMIN;

async function head(): Promise<bigint> {
  return (await database().verdictChangeHead.findUniqueOrThrow({ where: { id: 1 } })).sequence;
}

/** The announcements of a change, without duplicates. */
async function announcedBy(change: () => Promise<unknown>): Promise<readonly string[]> {
  const before = await head();
  await change();
  const rows = await database().verdictChange.findMany({ where: { sequence: { gt: before } } });
  for (const row of rows) {
    expect(row.organizationId).toBe(organization.id);
    expect(row.sequence).toBe(before + 1n);
  }
  expect(await head()).toBe(rows.length === 0 ? before : before + 1n);
  return [...new Set(rows.map((row) => row.keyId ?? row.userId ?? "all"))].sort();
}

describe("[L1] what is announced", () => {
  const ofKey = () => database().apiKey.findUniqueOrThrow({ where: { id: keyId } });
  const cases: readonly (readonly [string, () => string[], () => Promise<unknown>])[] = [
    [
      "a key that is renamed",
      () => [keyId],
      () => database().apiKey.update({ where: { id: keyId }, data: { name: "Other" } }),
    ],
    [
      "a key that gets a role",
      () => [keyId],
      () => database().apiKeyRole.create({ data: { organizationId: organization.id, keyId, roleId } }),
    ],
    [
      "a role that is edited",
      () => ["all"],
      () => database().role.update({ where: { id: roleId }, data: { permissions: ["ic:read", "ic:write"] } }),
    ],
    [
      "a key that loses its role",
      () => [keyId],
      () => database().apiKeyRole.deleteMany({ where: { keyId } }),
    ],
    ["a role that is deleted", () => ["all"], () => database().role.delete({ where: { id: roleId } })],
    [
      "a secret that ends",
      () => [keyId],
      () => database().apiKeySecret.updateMany({ where: { keyId }, data: { endsAt: new Date() } }),
    ],
    [
      "a member who is demoted",
      () => [admin()],
      () =>
        database().member.updateMany({
          where: { organizationId: organization.id, userId: admin() },
          data: { accessLevel: "MEMBER" },
        }),
    ],
    [
      "a grant that is given, changed and taken",
      () => [admin()],
      () =>
        inTransaction(async (transaction) => {
          const organizationId = organization.id;
          const { id } = await transaction.application.create({ data: { organizationId, name: "Shop" } });
          const grant = { organizationId, userId: admin(), applicationId: id, accessLevel: "ADMIN" } as const;
          const made = await transaction.grant.create({ data: grant });
          await transaction.grant.update({ where: { id: made.id }, data: { accessLevel: "MEMBER" } });
          await transaction.grant.delete({ where: { id: made.id } });
        }),
    ],
    [
      "the setting who may create keys",
      () => ["all"],
      () =>
        database().organization.update({ where: { id: organization.id }, data: { keyCreators: "ADMIN" } }),
    ],
    [
      "a key that is revoked",
      () => [keyId],
      async () =>
        database().apiKey.update({
          where: { id: keyId },
          data: { revokedAt: (await ofKey()).createdAt, revocationReason: "policy", liveCreatorId: null },
        }),
    ],
    [
      "a key that is renamed in no transaction of ours",
      () => [keyId],
      () => database().$executeRaw`UPDATE api_keys SET name = 'By hand' WHERE id = ${keyId}`,
    ],
    [
      "nothing: a use, an organization's name, a new role, a transaction that failed",
      () => [],
      async () => {
        const of = { organizationId: organization.id, keyId, secretId: owner() };
        recordUse({ ...of, at: new Date(), address: "127.0.0.1", client: "test" });
        await flushUsage();
        await database().organization.update({ where: { id: organization.id }, data: { name: "Renamed" } });
        const role = { organizationId: organization.id, roleId: "other", title: "Other", permissions: [] };
        await database().role.create({ data: role });
        const failing = inTransaction(async (transaction) => {
          await transaction.apiKey.update({ where: { id: keyId }, data: { name: "Never" } });
          throw new Error("no");
        });
        await expect(failing).rejects.toThrow("no");
      },
    ],
  ];

  test.each(cases)("%s", async (_, expected, change) => {
    expect(await announcedBy(change)).toEqual(expected());
  });
});

test("[L1] nothing can change after the transaction was sealed: nodes were told everything", async () => {
  const changing = database().$transaction(async (transaction) => {
    await transaction.apiKey.update({ where: { id: keyId }, data: { name: "Before" } });
    await transaction.$queryRaw`SELECT seal_verdict_changes()`;
    await transaction.apiKey.update({ where: { id: keyId }, data: { name: "After" } });
  });
  await expect(changing).rejects.toThrow("after its transaction was sealed");
});
