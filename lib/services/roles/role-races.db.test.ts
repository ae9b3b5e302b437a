import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { untilOneWaits } from "@/e2e/support/timing/until-one-waits";
import { database, inTransaction } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { generateKey } from "@/lib/services/keys/generate-key";
import { insertKey } from "@/lib/services/keys/insert-key";
import { unknownRoles } from "@/lib/services/keys/read/find-roles";
import { createRole } from "./create-role";
import { deleteRole } from "./delete-role";

let organization: TestOrganization;
let owner: MemberContext;

provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("Races");
  owner = await organization.as("OWNER");
});

const content = { title: "Viewer", description: "", permissions: ["intelligence:read"], publishable: false };
const create = async (roleId: string) => value(await createRole(owner, { roleId, ...content }));
const remove = (roleId: string) => deleteRole(owner, { roleId, seen: content });
const generate = (...roles: string[]) => generateKey(owner, { ...newKey(), roles });
const newKey = () => ({
  name: "A key",
  description: "",
  type: "secret" as const,
  accessLevel: "MEMBER" as const,
  namespace: { type: "organization" as const, id: organization.id },
  expiresAt: null,
});
/** Counts the keys of these tests, without the Default API Key. */
const keys = () => database().apiKey.count({ where: { organizationId: organization.id, name: "A key" } });
const carried = (roleId: string) =>
  database().apiKeyRole.count({ where: { organizationId: organization.id, role: { roleId } } });

test("[S5] a new key waits for a role that is being deleted, and is then refused", async () => {
  await create("ic_viewer");
  let generated: ReturnType<typeof generate> | undefined;
  await inTransaction(async (transaction) => {
    await transaction.role.deleteMany({ where: { organizationId: organization.id } });
    generated = generate("ic_viewer");
    await untilOneWaits();
  });
  expect(await generated).toMatchObject({ code: "invalid_request", fields: [{ field: "roles" }] });
  expect(await keys()).toBe(0);
});

test("[S5] a role deletion waits for a key that is being generated, and then the role is in use", async () => {
  await create("ic_viewer");
  let removed: ReturnType<typeof remove> | undefined;
  await inTransaction(async (transaction) => {
    const organizationId = owner.organization.id;
    expect(await unknownRoles(transaction, organizationId, ["ic_viewer"])).toEqual([]);
    removed = remove("ic_viewer");
    await untilOneWaits();
    const key = { ...newKey(), roles: ["ic_viewer"], organizationId, createdAt: new Date() };
    await insertKey(transaction, { ...key, creatorId: owner.actor.userId });
  });
  expect(await removed).toMatchObject({ code: "conflict", detail: expect.stringContaining("1 key carries") });
  expect(await carried("ic_viewer")).toBe(1);
});

test("[S5] in 60 interleavings, either the key has its role or the role is gone", async () => {
  const seen = { generated: 0, deleted: 0 };
  for (let round = 0; round < 60; round++) {
    const roleId = `role_${round}`;
    await create(roleId);
    // Shifts the start by a millisecond per round, from deleting first to generating first.
    const [generated, removed] = await Promise.all([
      sleep(Math.max(0, 30 - round)).then(() => generate(roleId, "read_only")),
      sleep(Math.max(0, round - 30)).then(() => remove(roleId)),
    ]);
    if (generated.ok) {
      seen.generated++;
      expect(removed).toMatchObject({ code: "conflict" });
      expect(await carried(roleId)).toBe(1);
    } else {
      seen.deleted++;
      expect(generated).toMatchObject({ code: "invalid_request" });
      expect(removed.ok).toBe(true);
      expect(await carried(roleId)).toBe(0);
    }
  }
  expect(await keys()).toBe(seen.generated);
  expect(seen.generated + seen.deleted).toBe(60);
});
