import { beforeAll, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { recordUse } from "@/lib/verify/usage/usage-recorder";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { endGrace } from "./end-grace";
import { readKey } from "./read/read-key";
import { rollKey } from "./roll-key";
import { updateKey } from "./update-key";

// Tests what people and programs do when a roll's response is lost. The secret in use must never end before its
// promised time.

let organization: TestOrganization;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Lost");
});

const hour = 3_600_000;
const start = new Date();
const later = (ms: number) => new Date(start.getTime() + ms);
const owner = (at = start) => organization.as("OWNER", at);
const codeOf = async (token: string, at = start) => (await judgeToken(token, {}, at)).code;
const roll = async (keyId: string, over: object, at = start) =>
  rollKey(await owner(at), { keyId, graceSeconds: 3600, ...over });
const useCurrentSecret = async (keyId: string) => {
  const secret = await database().apiKeySecret.findFirstOrThrow({ where: { keyId, endsAt: null } });
  const by = { organizationId: secret.organizationId, address: null, client: null };
  recordUse({ keyId, secretId: secret.id, at: start, ...by });
};

describe("a roll without a version", () => {
  test("from the same caller within 60 seconds counts as the same roll, and names the version", async () => {
    const key = await createTestKey(organization);
    value(await roll(key.id, { graceSeconds: 0 }));
    const again = await roll(key.id, { graceSeconds: 0 }, later(59_000));
    expect(again).toMatchObject({
      ok: false,
      code: "conflict",
      detail: expect.stringMatching(/version is 2/),
    });
    expect(await roll(key.id, { graceSeconds: 0, version: 2 }, later(59_000))).toMatchObject({ ok: true });
    expect(await roll(key.id, { graceSeconds: 0 }, later(120_001))).toMatchObject({ ok: true });
  });

  test("three at once: one is carried out, and the secret in use keeps working", async () => {
    for (const over of [{}, { supersede: true }, { graceSeconds: 0 }]) {
      const key = await createTestKey(organization);
      const rolled = await Promise.all([1, 2, 3].map(() => roll(key.id, over)));
      const done = rolled.flatMap((each) => (each.ok ? [each.value] : []));
      expect(done).toHaveLength(1);
      expect(await codeOf(done[0]?.token ?? "")).toBe("VALID");
      expect(await codeOf(key.token)).toBe("graceSeconds" in over ? "ROLLED" : "VALID");
    }
  });
});

describe("replacing a secret that nobody received", () => {
  test("keeps the secret in use until its promised end, however often", async () => {
    const key = await createTestKey(organization);
    const lost = value(await roll(key.id, { version: 1 }));
    const tokens = [lost.token];
    for (let version = 2; version <= 14; version++) {
      const made = value(await roll(key.id, { version, replaceUnused: true }, later(version)));
      expect(made).toMatchObject({ version: version + 1, superseded: false, oldSecretEndsAt: later(hour) });
      tokens.push(made.token);
    }
    const [current, ...dead] = tokens.reverse();
    expect(await codeOf(current ?? "", later(60))).toBe("VALID");
    for (const token of dead.slice(0, 3)) expect(await codeOf(token, later(60))).toBe("ROLLED");
    expect(await judgeToken(key.token, {}, later(hour - 1))).toMatchObject({
      code: "VALID",
      secret: "previous",
    });
    expect(await codeOf(key.token, later(hour))).toBe("ROLLED");
    const shown = value(await readKey(await owner(later(60)), key.id));
    expect(shown).toMatchObject({ status: "rolling", graceEndsAt: later(hour) });
    expect(shown.rotation?.endsAt).toEqual(later(hour));
  });

  test("is refused once it was used, even if that is only counted in memory", async () => {
    const key = await createTestKey(organization);
    const { token } = value(await roll(key.id, { version: 1 }));
    await useCurrentSecret(key.id);
    expect(await roll(key.id, { version: 2, replaceUnused: true })).toMatchObject({ code: "conflict" });
    expect([await codeOf(token), await codeOf(key.token)]).toEqual(["VALID", "VALID"]);
  });

  test("is refused when no previous secret works", async () => {
    const key = await createTestKey(organization);
    expect(await roll(key.id, { version: 1, replaceUnused: true })).toMatchObject({ code: "conflict" });
    value(await roll(key.id, { version: 1 }));
    const late = await roll(key.id, { version: 2, replaceUnused: true }, later(hour));
    expect(late).toMatchObject({ code: "conflict" });
  });
});

describe("[L3] ending a grace", () => {
  test("ends the previous secret permanently, once", async () => {
    const key = await createTestKey(organization);
    const { token, version } = value(await roll(key.id, { version: 1 }));
    for (const _ of [1, 2]) value(await endGrace(await owner(later(5)), { keyId: key.id, version }));
    expect([await codeOf(key.token, later(5)), await codeOf(token, later(5))]).toEqual(["ROLLED", "VALID"]);
    const where = { targetId: key.id, action: "key.grace_ended" };
    expect(await database().auditEntry.count({ where })).toBe(1);
  });

  test("sent again after another roll does not end that roll's grace", async () => {
    const key = await createTestKey(organization);
    const first = value(await roll(key.id, { version: 1 }));
    value(await endGrace(await owner(), { keyId: key.id, version: first.version }));
    value(await roll(key.id, { version: first.version + 1 }));
    const again = await endGrace(await owner(), { keyId: key.id, version: first.version });
    expect(again).toMatchObject({ ok: false, code: "conflict" });
    expect(await codeOf(first.token)).toBe("VALID");
  });
});

test("an edit based on another version is refused with the current one; nothing is reverted", async () => {
  const key = await createTestKey(organization);
  const edit = async (over: object) => updateKey(await owner(), { keyId: key.id, version: 1, ...over });
  value(await edit({ name: "By a colleague" }));
  const stale = await edit({ description: "Mine" });
  expect(stale).toMatchObject({ code: "conflict", current: { version: 2, name: "By a colleague" } });
  value(await edit({ description: "Mine", version: 2 }));
  const { name, description, version } = await database().apiKey.findUniqueOrThrow({ where: { id: key.id } });
  expect({ name, description, version }).toEqual({ name: "By a colleague", description: "Mine", version: 3 });
  expect(await roll(key.id, { version: 1 })).toMatchObject({ code: "conflict" });
});
