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
import { pauseKey, resumeKey } from "./pause-key";
import { readKey } from "./read/read-key";
import { revokeKey } from "./revoke-key";
import { rollKey } from "./roll-key";
import { updateKey } from "./update-key";

let organization: TestOrganization;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Paused");
});

const hour = 3_600_000;
const owner = (at = new Date()) => organization.as("OWNER", at);
const newKey = async (over: Partial<GenerateKeyInput> = {}) =>
  value(await generateKey(await owner(), keyInput(organization, over)));
const codeOf = async (token: string, at = new Date()) => (await judgeToken(token, {}, at)).code;
const pause = async (keyId: string) => value(await pauseKey(await owner(), { keyId }));
const resume = async (keyId: string) => value(await resumeKey(await owner(), { keyId }));
const trailOf = async (targetId: string) =>
  (await database().auditEntry.findMany({ where: { targetId }, orderBy: { sequence: "asc" } })).map(
    ({ action }) => action,
  );

test("[L14] a paused key is refused at once, and works again at once when it is resumed", async () => {
  const { id, token } = await newKey();
  for (let round = 0; round < 3; round++) {
    await pause(id);
    expect(await codeOf(token)).toBe("PAUSED");
    await resume(id);
    expect(await codeOf(token)).toBe("VALID");
  }
});

test("[L14] says who paused it and when, and what can be done to it", async () => {
  const { id } = await newKey();
  const at = new Date();
  value(await pauseKey(await organization.as("ADMIN", at), { keyId: id }));
  const paused = value(await readKey(await owner(), id));
  expect(paused).toMatchObject({
    status: "paused",
    pausedAt: at,
    pausedBy: { id: organization.userIds.ADMIN },
    allowed: {
      update: true,
      roll: true,
      duplicate: true,
      pause: false,
      resume: true,
      revoke: true,
      delete: true,
    },
  });
  await resume(id);
  expect(value(await readKey(await owner(), id))).toMatchObject({
    status: "active",
    pausedAt: null,
    pausedBy: null,
    allowed: { pause: true, resume: false },
  });
});

test("[L14] repeated or 20 simultaneous pauses all succeed, and one is recorded", async () => {
  const { id: keyId } = await newKey();
  for (const verb of [pauseKey, resumeKey]) {
    const contexts = await Promise.all(Array.from({ length: 20 }, () => owner()));
    const outcomes = await Promise.all(contexts.map((context) => verb(context, { keyId })));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    value(await verb(await owner(), { keyId }));
  }
  expect(await trailOf(keyId)).toEqual(["key.generated", "key.paused", "key.resumed"]);
});

test("[L14, P5] a pause moves neither the expiry nor the grace", async () => {
  const expiresAt = new Date(Date.now() + 2 * hour);
  const { id: keyId, token } = await newKey({ expiresAt });
  const rolled = value(await rollKey(await owner(), { keyId, graceSeconds: 3600, version: 1 }));
  await pause(keyId);
  const inGrace = value(await readKey(await owner(), keyId));
  expect(inGrace).toMatchObject({ status: "paused", graceEndsAt: rolled.oldSecretEndsAt });
  expect(await codeOf(token, expiresAt)).toBe("EXPIRED");
  await resume(keyId);
  const afterGrace = new Date(Date.now() + hour + 1000);
  expect(await codeOf(token, afterGrace)).toBe("ROLLED");
  expect(await codeOf(rolled.token, afterGrace)).toBe("VALID");
  expect(await codeOf(rolled.token, expiresAt)).toBe("EXPIRED");
});

test("[L14] a paused key can be rolled, and its new secret waits for the resumption too", async () => {
  const { id: keyId } = await newKey();
  await pause(keyId);
  const { token } = value(await rollKey(await owner(), { keyId, graceSeconds: 0, version: 1 }));
  expect(await codeOf(token)).toBe("PAUSED");
  value(await updateKey(await owner(), { keyId, name: "Renamed" }));
  expect(await codeOf(token)).toBe("PAUSED");
  await resume(keyId);
  expect(await codeOf(token)).toBe("VALID");
});

test("[L14, P6] a key that has ended can be neither paused nor resumed", async () => {
  const revoked = await newKey();
  await pause(revoked.id);
  value(await revokeKey(await owner(), { keyId: revoked.id }));
  expect(await codeOf(revoked.token)).toBe("REVOKED");
  for (const verb of [pauseKey, resumeKey]) {
    const refused = await verb(await owner(), { keyId: revoked.id });
    expect(refused).toMatchObject({ ok: false, code: "conflict" });
  }
  const expired = await newKey({ expiresAt: new Date(Date.now() + hour) });
  for (const verb of [pauseKey, resumeKey]) {
    const refused = await verb(await owner(new Date(Date.now() + hour)), { keyId: expired.id });
    expect(refused).toMatchObject({ ok: false, code: "conflict" });
  }
  value(await deleteKey(await owner(), { keyId: revoked.id }));
  expect(await resumeKey(await owner(), { keyId: revoked.id })).toMatchObject({ code: "not_found" });
});

test("[L14] another person's pause replaces the first, and resuming the first one is a conflict", async () => {
  const { id: keyId, token } = await newKey();
  const [first, second] = [new Date(Date.now() - 2000), new Date(Date.now() - 1000)];
  value(await pauseKey(await organization.as("ADMIN", first), { keyId }));
  value(await pauseKey(await owner(second), { keyId }));
  expect(value(await readKey(await owner(), keyId))).toMatchObject({
    pausedAt: second,
    pausedBy: { id: organization.userIds.OWNER },
  });
  expect(await resumeKey(await owner(), { keyId, pausedAt: first })).toMatchObject({ code: "conflict" });
  expect(await codeOf(token)).toBe("PAUSED");
  value(await resumeKey(await owner(), { keyId, pausedAt: second }));
  expect(await codeOf(token)).toBe("VALID");
  expect(await trailOf(keyId)).toEqual(["key.generated", "key.paused", "key.paused", "key.resumed"]);
});

test("[L14] all keys created with a key's tokens, directly or not, are paused and resumed with it", async () => {
  const parent = await newKey();
  const made = async (by: string) => {
    const key = await newKey();
    const { id: secretId } = await database().apiKeySecret.findFirstOrThrow({ where: { keyId: by } });
    const { id: createdByFamilyId } = await database().tokenFamily.create({
      data: {
        ...{ organizationId: organization.id, keyId: by, secretId, accessLevel: "MEMBER", scope: [] },
        ...{ createdAt: new Date(), expiresAt: new Date(Date.now() + hour) },
      },
    });
    await database().apiKey.update({ where: { id: key.id }, data: { createdByFamilyId } });
    return key;
  };
  const child = await made(parent.id);
  const grandchild = await made(child.id);
  const apart = await made(parent.id);
  await pause(apart.id);
  const codes = () => Promise.all([parent, child, grandchild, apart].map(({ token }) => codeOf(token)));
  await pause(parent.id);
  expect(await codes()).toEqual(["PAUSED", "PAUSED", "PAUSED", "PAUSED"]);
  expect(await trailOf(grandchild.id)).toEqual(["key.generated", "key.paused"]);
  await resume(parent.id);
  // A key that was paused on its own stays paused.
  expect(await codes()).toEqual(["VALID", "VALID", "VALID", "PAUSED"]);
});

test("[L14] ending another person's pause needs a fresh password, ending one's own pause of a MEMBER key does not", async () => {
  const { id: keyId } = await newKey();
  const fresh = await owner();
  const authenticatedAt = new Date(Date.now() - 6 * 60 * 1000);
  const lateOwner = { ...fresh, actor: { ...fresh.actor, authenticatedAt } };
  await pause(keyId);
  value(await resumeKey(lateOwner, { keyId }));
  value(await pauseKey(await organization.as("ADMIN"), { keyId }));
  expect(await resumeKey(lateOwner, { keyId })).toMatchObject({ code: "reauthentication_required" });
  value(await resumeKey(await owner(), { keyId }));
});

test("[L14] a pause against a revocation: whichever comes first, the key ends revoked", async () => {
  for (let round = 0; round < 10; round++) {
    const { id: keyId, token } = await newKey();
    const [first, second] = [await owner(), await owner()];
    await Promise.all([pauseKey(first, { keyId }), revokeKey(second, { keyId })]);
    expect(await codeOf(token)).toBe("REVOKED");
  }
});

test("[L14] pausing again does not turn another person's pause into one's own", async () => {
  const { id: keyId } = await newKey();
  const late = async (at: Date) => {
    const context = await owner(at);
    return { ...context, actor: { ...context.actor, authenticatedAt: new Date(Date.now() - hour) } };
  };
  const [first, second] = [await late(new Date(Date.now() - 1000)), await late(new Date())];
  value(await pauseKey(await organization.as("ADMIN"), { keyId }));
  value(await pauseKey(first, { keyId }));
  expect(await resumeKey(first, { keyId })).toMatchObject({ code: "reauthentication_required" });
  await resume(keyId);
  value(await pauseKey(second, { keyId }));
  value(await resumeKey(second, { keyId }));
});
