import { beforeEach, expect, test } from "vitest";
import { insertRandomKeys } from "@/e2e/support/data/random-keys";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, type TestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { keyRowInclude } from "./key-row";
import { readKeyRecords } from "./read-key-records";

provideTestDatabase();

let organization: TestOrganization;
beforeEach(async () => {
  organization = await createTestOrganization("Records");
});

/** Creates keys in every kind of namespace: paused, revoked, rolled, with roles, and created by another key. */
async function createKeys(): Promise<string[]> {
  const organizationId = organization.id;
  await insertRandomKeys(organization, 60, 3930);
  const title = 'Of "quotes" \\ 🚀';
  await database().role.create({
    data: { organizationId, roleId: "own", title, permissions: ["sensors:read"] },
  });
  const { id } = await createTestKey(organization, { roles: ["read_only", "own", "key_verifier"] });
  const revokedById = organization.userIds.ADMIN;
  await database().apiKey.updateMany({
    where: { organizationId, revokedAt: { not: null } },
    data: { revokedById, createdByKeyId: id },
  });
  const keys = await database().apiKey.findMany({ where: { organizationId }, orderBy: { name: "asc" } });
  return keys.map((key) => key.id);
}

test("the relations read in one statement are those that Prisma reads, in the order asked for", async () => {
  const ids = await createKeys();
  const records = await readKeyRecords(organization.id, [...ids, "0000000000000000"]);
  const read = await database().apiKey.findMany({
    where: { organizationId: organization.id },
    include: keyRowInclude,
  });
  const expected = ids.map((id) => {
    const key = read.find((one) => one.id === id);
    const roles = key?.roles.map(({ builtInRoleId, role }) => {
      if (role === null) return { builtInRoleId, role };
      const { roleId, title, description, permissions, publishable } = role;
      return { builtInRoleId, role: { roleId, title, description, permissions, publishable } };
    });
    return { ...key, roles };
  });
  expect(records).toEqual(expected);
  for (const relation of ["workspace", "userGroup", "pausedBy", "revokedBy", "createdByKey"] as const) {
    expect(
      records.some((key) => key[relation] !== null),
      relation,
    ).toBe(true);
  }
  expect(records.some(({ secrets }) => secrets.length > 0)).toBe(true);
});

test("keys of another organization are not read", async () => {
  const { id } = await createTestKey(organization);
  const other = await createTestOrganization("Other");
  expect(await readKeyRecords(other.id, [id])).toEqual([]);
  expect(await readKeyRecords(organization.id, [id])).toHaveLength(1);
});
