import { beforeEach, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { withoutAuditEntries } from "@/e2e/support/database/without-audit-entries";
import { database } from "@/lib/db/client";
import { checkAuditChain } from "@/lib/services/audit/verify-audit-chains";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { revokeKey } from "../revoke-key";
import { rollKey } from "../roll-key";
import { endSilentGraces } from "./end-silent-graces";

provideTestDatabase();
let organization: TestOrganization;
beforeEach(async () => {
  organization = await createTestOrganization("Evidence");
});

const hour = 3_600_000;
const rolledAt = new Date();
const later = (hours: number) => new Date(rolledAt.getTime() + hours * hour);
const run = (hours: number) => endSilentGraces(later(hours), new AbortController().signal);
const codeOf = async (token: string, hours: number) => (await judgeToken(token, {}, later(hours))).code;
const week = 7 * 24 * 3600;

async function rolled(hours: number | null = 24) {
  const { id, token: old } = await createTestKey(organization);
  const owner = await organization.as("OWNER", rolledAt);
  const silence = hours === null ? {} : { silentHours: hours };
  const made = value(await rollKey(owner, { keyId: id, version: 1, graceSeconds: week, ...silence }));
  const use = (version: number, hours: number) =>
    database().apiKeySecret.updateMany({
      where: { keyId: id, version },
      data: { lastUsedAt: later(hours) },
    });
  const entries = () =>
    database().auditEntry.findMany({
      where: { targetId: id, actorKind: "system" },
      orderBy: { sequence: "asc" },
      select: { action: true, details: true },
    });
  return { id, old, token: made.token, use, entries };
}

test("[L3] the previous secret ends once it was unused for long enough and the new one is in use", async () => {
  const { id, old, token, use, entries } = await rolled();
  await use(1, 2);
  await run(27);
  expect(await codeOf(old, 27)).toBe("VALID");
  await use(2, 3);
  await run(25);
  expect(await codeOf(old, 25)).toBe("VALID");
  await Promise.all([run(26), run(26)]);
  expect(await codeOf(old, 26)).toBe("ROLLED");
  expect(await codeOf(token, 26)).toBe("VALID");
  expect(await entries()).toMatchObject([
    { action: "key.grace_ended", details: { silentHours: 24, secretVersion: 2 } },
  ]);
  expect(await database().apiKey.findUniqueOrThrow({ where: { id } })).toMatchObject({ version: 3 });
  expect((await checkAuditChain({ id: organization.id, slug: "evidence" })).faults).toEqual([]);
});

test("[L3] a refused call with the previous secret counts as use, and its users are reported once before its end", async () => {
  const { id, use, entries } = await rolled();
  await use(2, 1);
  const secret = await database().apiKeySecret.findFirstOrThrow({ where: { keyId: id, version: 1 } });
  const calls = { isRest: false, address: "203.0.113.9", client: "curl/8", accepted: 0n, refused: 3n };
  await database().apiKeyCallerHour.create({
    data: {
      ...{ organizationId: organization.id, keyId: id, hour: later(149), secretId: secret.id, ...calls },
      lastAt: later(149),
    },
  });
  await run(150);
  await run(151);
  expect(await entries()).toMatchObject([
    {
      action: "key.grace_ending",
      details: { usedBy: ["203.0.113.9 curl/8"], lastUsedAt: later(149).toISOString() },
    },
  ]);
});

test("[L3] a roll without this setting, a revoked key and an ended grace are left alone", async () => {
  const plain = await rolled(null);
  await plain.use(2, 1);
  const revoked = await rolled();
  await revoked.use(2, 1);
  value(await revokeKey(await organization.as("OWNER"), { keyId: revoked.id }));
  const over = await rolled();
  await over.use(2, 1);
  await run(24 * 7 + 1);
  await database().apiKeySecret.updateMany({
    where: { keyId: over.id, version: 1 },
    data: { endsAt: later(1) },
  });
  await run(100);
  for (const { entries } of [plain, revoked, over]) expect(await entries()).toEqual([]);
  expect(await codeOf(plain.old, 100)).toBe("VALID");
});

test("[L3] a silence as long as the grace is refused", async () => {
  const { id } = await createTestKey(organization);
  const owner = await organization.as("OWNER");
  const input = { keyId: id, version: 1, graceSeconds: 3600 * 24, silentHours: 24 };
  expect(await rollKey(owner, input)).toMatchObject({ ok: false, code: "invalid_request" });
});

test("[L3] a failure in one organization does not delay others", async () => {
  const broken = await rolled();
  const { id } = organization;
  organization = await createTestOrganization("Elsewhere");
  const whole = await rolled();
  for (const each of [broken, whole]) {
    await each.use(1, 1);
    await each.use(2, 2);
  }
  // Whatever the order of their ids.
  for (const failing of [id, organization.id]) {
    await withoutAuditEntries(() => run(26), failing);
  }
  expect(await broken.entries()).toHaveLength(1);
  expect(await whole.entries()).toHaveLength(1);
});
