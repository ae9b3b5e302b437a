import { beforeAll, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { keySelection } from "@/lib/schemas/bulk/bulk-keys";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import { changeKeys } from "@/lib/services/keys/bulk/change-keys";
import { previewKeyChanges } from "@/lib/services/keys/bulk/preview-key-changes";
import { generateKey } from "@/lib/services/keys/generate-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { createRole } from "@/lib/services/roles/create-role";
import { updateRole } from "@/lib/services/roles/update-role";
import { markOverPrivileged } from "./mark-over-privileged";
import { flushUsage, recordUse } from "./usage-recorder";

let organization: TestOrganization;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Privileges");
});

const now = new Date();
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

async function newKey(over: Partial<GenerateKeyInput>, createdAt: Date) {
  const owner = await organization.as("OWNER", createdAt);
  return value(await generateKey(owner, keyInput(organization, over))).id;
}

async function use(keyId: string, demanded: readonly string[]) {
  const { id: secretId } = await database().apiKeySecret.findFirstOrThrow({ where: { keyId } });
  const of = { organizationId: organization.id, keyId, secretId, address: null, client: null };
  recordUse({ ...of, at: daysAgo(1), demanded });
  await flushUsage();
}

const isMarked = async (id: string) =>
  (await database().apiKey.findUniqueOrThrow({ where: { id } })).overPrivileged;

const manager: Partial<GenerateKeyInput> = { roles: ["resource_manager"], accessLevel: "ADMIN" };

test("[L9] marks a key that uses less than a quarter, until it uses more", async () => {
  const id = await newKey(manager, daysAgo(40));
  await markOverPrivileged(now);
  expect(await isMarked(id), "it was never used").toBe(false);
  await use(id, ["workspaces:read"]);
  await markOverPrivileged(now);
  expect(await isMarked(id)).toBe(true);
  await use(id, ["workspaces:create", "workspaces:update", "workspaces:delete", "applications:read"]);
  await markOverPrivileged(now);
  expect(await isMarked(id)).toBe(false);
});

test("[L9] checks a key again as soon as its roles change", async () => {
  const owner = await organization.as("OWNER");
  const keyId = await newKey({ roles: ["full_access"], accessLevel: "OWNER" }, daysAgo(40));
  await use(keyId, ["keys:verify"]);
  expect(await isMarked(keyId)).toBe(true);
  value(await updateKey(owner, { keyId, roles: ["key_verifier"] }));
  expect(await isMarked(keyId)).toBe(false);
  value(await updateKey(owner, { keyId, roles: ["resource_manager", "key_verifier"] }));
  expect(await isMarked(keyId)).toBe(true);

  const change = { verb: "removeRole", role: "resource_manager" } as const;
  const selection = keySelection.parse({ own: false, ids: [keyId], address: "" });
  const { keys } = value(await previewKeyChanges(owner, { change, selection }));
  value(await changeKeys(owner, { change, keys: [...keys] }));
  expect(await isMarked(keyId)).toBe(false);
});

test("[L9] looks again at the keys that carry a role when its permissions change, at once", async () => {
  const owner = await organization.as("OWNER");
  const few = ["invoices:read"];
  const many = ["invoices:read", "invoices:create", "invoices:update", "invoices:close", "invoices:delete"];
  const role = { roleId: "billing", title: "Billing", description: "", publishable: false };
  value(await createRole(owner, { ...role, permissions: few }));
  const carrier = await newKey({ roles: ["billing"], accessLevel: "ADMIN" }, daysAgo(40));
  const other = await newKey(manager, daysAgo(40));
  for (const id of [carrier, other]) await use(id, few);
  await markOverPrivileged(now);
  expect(await Promise.all([carrier, other].map(isMarked))).toEqual([false, true]);
  value(await updateRole(owner, { roleId: "billing", permissions: many }));
  expect(await isMarked(carrier)).toBe(true);
  value(await updateRole(owner, { roleId: "billing", title: "Invoices" }));
  expect(await isMarked(carrier)).toBe(true);
  value(await updateRole(owner, { roleId: "billing", permissions: few }));
  expect(await Promise.all([carrier, other].map(isMarked))).toEqual([false, true]);
});

test("[L9] removes the mark from a revoked key", async () => {
  const id = await newKey(manager, daysAgo(40));
  await use(id, []);
  await markOverPrivileged(now);
  expect(await isMarked(id)).toBe(true);
  value(await revokeKey(await organization.as("OWNER"), { keyId: id }));
  await markOverPrivileged(now);
  expect(await isMarked(id)).toBe(false);
});

test("[L9] an Owner key with full_access and no expiry is marked at its creation", async () => {
  const boundless: Partial<GenerateKeyInput> = { roles: ["full_access"], accessLevel: "OWNER" };
  const id = await newKey(boundless, now);
  expect(await isMarked(id)).toBe(true);
  const ends = await newKey({ ...boundless, expiresAt: new Date(now.getTime() + 86_400_000) }, now);
  const admin = await newKey({ ...boundless, accessLevel: "ADMIN" }, now);
  await database().organization.update({
    where: { id: organization.id },
    data: { maximumLifetimeDays: 3650 },
  });
  const bounded = await newKey(boundless, now);
  expect(await Promise.all([ends, admin, bounded].map(isMarked))).toEqual([false, false, false]);
  await markOverPrivileged(now);
  expect(await isMarked(id), "the policy ends it").toBe(false);
});
