import { beforeAll, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { generateKey } from "@/lib/services/keys/generate-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { createRole } from "@/lib/services/roles/create-role";
import { updateRole } from "@/lib/services/roles/update-role";
import { readKeyPowers } from "./read-key-powers";

let organization: TestOrganization;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Powers");
});

test("[L7] a key's permissions at any moment are derived from the audit entries", async () => {
  const start = Date.now() - 60_000;
  const after = (seconds: number) => new Date(start + seconds * 1000);
  const at = (seconds: number) => organization.as("OWNER", after(seconds));
  const content = { title: "Support", description: "", publishable: false };
  const wide = { ...content, permissions: ["users:read", "users:delete"] };
  value(await createRole(await at(1), { roleId: "support", ...wide }));
  const input = keyInput(organization, { accessLevel: "OWNER", roles: ["support"] });
  const { id: keyId } = value(await generateKey(await at(2), input));
  const narrow = { ...content, permissions: ["users:read"] };
  value(await updateRole(await at(4), { roleId: "support", ...narrow, seen: wide }));
  value(await revokeKey(await at(6), { keyId }));
  const powers = async (seconds: number) =>
    value(await readKeyPowers(await organization.as("OWNER"), { keyId, at: after(seconds) }));
  expect(await powers(1.5)).toEqual({ state: "absent" });
  expect(await powers(3)).toMatchObject({ state: "active", permissions: ["users:delete", "users:read"] });
  expect(await powers(5)).toMatchObject({ state: "active", permissions: ["users:read"], roles: ["support"] });
  expect(await powers(7)).toMatchObject({ state: "revoked", permissions: [] });

  const theirs = await createTestKey(await createTestOrganization("Theirs"));
  const asked = { keyId: theirs.id, at: new Date() };
  expect(await readKeyPowers(await organization.as("OWNER"), asked)).toMatchObject({ code: "not_found" });
});
