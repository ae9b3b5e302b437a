import { beforeAll, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { deleteKey } from "./delete-key";
import { generateKey } from "./generate-key";
import { readKey } from "./read/read-key";
import { revokeKey } from "./revoke-key";
import { rollKey } from "./roll-key";

let organization: TestOrganization;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Keys");
});

const hour = 3_600_000;
const newKey = async (over: Partial<GenerateKeyInput> = {}, at = new Date()) =>
  value(await generateKey(await organization.as("OWNER", at), keyInput(organization, over)));
const codeOf = async (token: string, at = new Date()) => (await judgeToken(token, {}, at)).code;
const entries = () => database().auditEntry.count({ where: { organizationId: organization.id } });

test("[P6] a revocation is immediate, with or without an expiry, and final in the database itself", async () => {
  for (const expiresAt of [null, new Date(Date.now() + hour)]) {
    const { id, token } = await newKey({ expiresAt });
    value(await revokeKey(await organization.as("OWNER"), { keyId: id }));
    expect(await codeOf(token)).toBe("REVOKED");
    const undo = database().apiKey.update({
      where: { id },
      data: { revokedAt: null, revocationReason: null },
    });
    await expect(undo).rejects.toThrow(/final/);
  }
});

test("20 simultaneous revocations all succeed and one is recorded", async () => {
  const { id: keyId } = await newKey();
  const owner = await organization.as("OWNER");
  const admin = await organization.as("ADMIN");
  const before = await entries();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) => revokeKey(index % 2 === 0 ? owner : admin, { keyId })),
  );
  expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
  expect(await entries()).toBe(before + 1);
});

test("[J8] a deleted key is not listed, using it is an error, and its audit trail stays", async () => {
  const { id, token } = await newKey({ name: "Short-lived" });
  const owner = await organization.as("OWNER");
  value(await deleteKey(owner, { keyId: id }));
  expect(await codeOf(token)).toBe("REVOKED");
  expect(await readKey(owner, id)).toMatchObject({ ok: false, code: "not_found" });
  expect(await deleteKey(owner, { keyId: id })).toMatchObject({ ok: false, code: "not_found" });
  const trail = await database().auditEntry.findMany({
    where: { targetId: id },
    orderBy: { sequence: "asc" },
  });
  expect(trail.map((entry) => entry.action)).toEqual(["key.generated", "key.deleted"]);
});

test("a roll against a revocation: whichever comes first, the key ends revoked", async () => {
  for (let round = 0; round < 10; round++) {
    const { id: keyId, token } = await newKey();
    const owner = await organization.as("OWNER");
    const [rolled] = await Promise.all([
      rollKey(owner, { keyId, graceSeconds: 3600, version: 1 }),
      revokeKey(owner, { keyId }),
    ]);
    expect(await codeOf(token)).toBe("REVOKED");
    if (rolled.ok) expect(await codeOf(rolled.value.token)).toBe("REVOKED");
  }
});
