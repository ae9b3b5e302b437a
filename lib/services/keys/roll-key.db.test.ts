import { beforeAll, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { recognizedDays } from "@/lib/core/keys/roll-plan";
import { database } from "@/lib/db/client";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { generateKey } from "./generate-key";
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

test("[J7] [L3] both secrets verify during the grace, and the verdict says which one it was", async () => {
  const old = await newKey();
  const now = new Date();
  const rolled = value(
    await rollKey(await organization.as("OWNER", now), {
      keyId: old.id,
      graceSeconds: 43_200,
      version: 1,
    }),
  );
  expect(rolled.id).toBe(old.id);
  const end = new Date(now.getTime() + 12 * hour);
  expect(rolled.oldSecretEndsAt).toEqual(end);
  const before = new Date(end.getTime() - 1);
  expect(await judgeToken(old.token, {}, before)).toMatchObject({ code: "VALID", secret: "previous" });
  expect(await judgeToken(rolled.token, {}, before)).toMatchObject({ code: "VALID", secret: "current" });
  expect(await codeOf(old.token, end)).toBe("ROLLED");
  expect(await codeOf(rolled.token, end)).toBe("VALID");
});

test("[L3] a key that expires in an hour gives its old secret an hour at most", async () => {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + hour);
  const old = await newKey({ expiresAt }, now);
  const roll = { keyId: old.id, graceSeconds: 604_800, version: 1 };
  expect(value(await rollKey(await organization.as("OWNER"), roll)).oldSecretEndsAt).toEqual(expiresAt);
  expect(await codeOf(old.token, expiresAt)).toBe("EXPIRED");
});

test("only when asked to, rolling during a grace ends the older grace at once: at most two secrets live", async () => {
  const first = await newKey();
  const owner = await organization.as("OWNER");
  const roll = (version: number, supersede?: boolean) =>
    rollKey(owner, { keyId: first.id, graceSeconds: 3600, version, supersede });
  const second = value(await roll(1));
  expect(second).toMatchObject({ version: 2, superseded: false });
  const before = await entries();
  expect(await roll(2)).toMatchObject({ ok: false, code: "roll_in_progress" });
  expect(await entries()).toBe(before);
  expect(await codeOf(first.token, owner.origin.at)).toBe("VALID");
  const third = value(await roll(2, true));
  expect(third).toMatchObject({ version: 3, superseded: true });
  expect(await codeOf(first.token, owner.origin.at)).toBe("ROLLED");
  expect(await codeOf(second.token, owner.origin.at)).toBe("VALID");
  expect(await codeOf(third.token, owner.origin.at)).toBe("VALID");
});

test("a grace of zero ends the old secret in the same instant", async () => {
  const old = await newKey();
  const owner = await organization.as("OWNER");
  const rolled = value(await rollKey(owner, { keyId: old.id, graceSeconds: 0, version: 1 }));
  expect(rolled.oldSecretEndsAt).toBeNull();
  expect(await codeOf(old.token, owner.origin.at)).toBe("ROLLED");
});

test("of 20 simultaneous rolls one wins and the others are conflicts", async () => {
  const { id: keyId } = await newKey();
  const owner = await organization.as("OWNER");
  const before = await entries();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => rollKey(owner, { keyId, graceSeconds: 60, version: 1 })),
  );
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.code === "conflict")).toHaveLength(19);
  expect(await database().apiKeySecret.count({ where: { keyId } })).toBe(2);
  expect(await entries()).toBe(before + 1);
});

test("an expired and a revoked key cannot be rolled", async () => {
  const now = new Date();
  const expired = await newKey({ expiresAt: new Date(now.getTime() + hour) }, now);
  const later = await organization.as("OWNER", new Date(now.getTime() + hour));
  const roll = (keyId: string) => rollKey(later, { keyId, graceSeconds: 60, version: 1 });
  expect(await roll(expired.id)).toMatchObject({ ok: false, code: "conflict" });
  const revoked = await newKey();
  value(await revokeKey(later, { keyId: revoked.id }));
  expect(await roll(revoked.id)).toMatchObject({ ok: false, code: "conflict" });
});

test("checks forget a secret of ten versions ago, so that they stay cheap, and reports of leaks a week later", async () => {
  const first = await newKey();
  const roll = async (version: number, days: number) => {
    const context = await organization.as("OWNER", new Date(Date.now() + days * 24 * 60 * 60 * 1000));
    return value(await rollKey(context, { keyId: first.id, graceSeconds: 0, version }));
  };
  const kept = () => database().apiKeySecret.count({ where: { keyId: first.id } });
  for (let version = 1; version <= 10; version++) await roll(version, 0);
  expect(await codeOf(first.token)).toBe("UNKNOWN");
  expect(await kept()).toBe(11);
  await roll(11, recognizedDays + 1);
  expect(await kept()).toBe(10);
});
