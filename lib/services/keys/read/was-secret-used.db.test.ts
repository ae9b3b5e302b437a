import { beforeAll, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { UsageOutcome } from "@/lib/core/keys/usage-outcome";
import { usageOutcomes } from "@/lib/core/keys/usage-outcome";
import { database } from "@/lib/db/client";
import { KeyUse } from "@/lib/verify/usage/key-use";
import { UsageText } from "@/lib/verify/usage/usage-batch";
import { flushUsage, recordUse, writeUsage } from "@/lib/verify/usage/usage-recorder";
import { generateKey } from "../generate-key";
import { rollKey } from "../roll-key";
import { wasSecretUsed } from "./was-secret-used";

let organization: TestOrganization;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Presented");
});

/** A key in its grace period. */
async function rolledKey() {
  const owner = await organization.as("OWNER");
  const { id: keyId } = value(await generateKey(owner, keyInput(organization)));
  value(await rollKey(owner, { keyId, graceSeconds: 3600, version: 1 }));
  const secrets = await database().apiKeySecret.findMany({ where: { keyId }, orderBy: { version: "asc" } });
  const [previous = "", current = ""] = secrets.map(({ id }) => id);
  const isUsed = async () =>
    wasSecretUsed(database(), await database().apiKey.findUniqueOrThrow({ where: { id: keyId } }));
  const replace = () => rollKey(owner, { keyId, graceSeconds: 3600, version: 2, replaceUnused: true });
  const use = (secretId: string, outcome: UsageOutcome) =>
    recordUse({ organizationId: organization.id, keyId, secretId, at: new Date(), ...nobody, outcome });
  return { keyId, previous, current, isUsed, replace, use };
}

const nobody = { address: null, client: null };

test.each(usageOutcomes)("a presented secret counts as used, whatever the outcome: %s", async (outcome) => {
  const { keyId, previous, current, isUsed, replace, use } = await rolledKey();
  use(previous, outcome);
  await flushUsage();
  expect(await isUsed()).toBe(false);
  use(current, outcome);
  await flushUsage();
  expect(await isUsed()).toBe(true);
  expect(await replace()).toMatchObject({ ok: false, code: "conflict" });
  const key = await database().apiKey.findUniqueOrThrow({ where: { id: keyId } });
  expect(key.lastUsedAt === null).toBe(outcome !== "VALID");
});

test("a refusal written by a node counts before it is added to the key", async () => {
  const { keyId, current, isUsed } = await rolledKey();
  const at = Date.now();
  const use = new KeyUse();
  use.add(at, "FORBIDDEN_IP", { secretId: current, ...nobody }, { left: 1 });
  const text = new UsageText();
  text.add(keyId, use);
  await writeUsage(text.batches());
  expect(await isUsed()).toBe(true);
});
