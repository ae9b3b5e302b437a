import { beforeEach, describe, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { codeOf, granted, tokenClient } from "@/e2e/support/data/test-tokens";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { generateKey } from "@/lib/services/keys/generate-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { reportLeaks } from "@/lib/services/leaks/report-leaks";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import type { LifetimePreview } from "./lifetime-preview";
import { updateOrganization } from "./update-organization";

const dayMs = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * dayMs);
const origin = () => ({ at: new Date(), address: null, userAgent: null, requestId: null });

let organization: TestOrganization;
provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("Lifetimes");
});

const key = (days: number, over: object = {}) =>
  createTestKey(organization, { createdAt: ago(days), accessLevel: "MEMBER", ...over });
const verdict = async ({ token }: TestKey) => (await judgeToken(token, {}, new Date())).code;
const set = async (maximumLifetimeDays: number | null, more: object = {}) =>
  updateOrganization(await organization.as("OWNER"), { maximumLifetimeDays, ...more });
const policyNow = async () =>
  (await database().organization.findUniqueOrThrow({ where: { id: organization.id } })).maximumLifetimeDays;
const row = ({ id }: TestKey) => database().apiKey.findUniqueOrThrow({ where: { id } });

/** Sets a maximum as a person does: reviews the keys that it ends, then confirms. */
async function setAsShown(days: number): Promise<LifetimePreview> {
  const refused = await set(days);
  const preview = (refused.ok ? undefined : refused.current?.lifetimePreview) as LifetimePreview;
  value(await set(days, { shown: preview }));
  return preview;
}

const lastHour = (hoursAgo: number) =>
  new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - hoursAgo * 3_600_000);
const usedAgo = ({ id }: TestKey, days: number) =>
  database().apiKey.update({ where: { id }, data: { lastUsedAt: ago(days) } });

async function countCalls({ id }: TestKey, calls: number, hoursAgo = 1): Promise<void> {
  const data = {
    organizationId: organization.id,
    keyId: id,
    hour: lastHour(hoursAgo),
    calls,
    outcome: "VALID",
  } as const;
  await database().apiKeyUsageHour.create({ data });
}

describe("[L15] a maximum lifetime", () => {
  test("ends keys at once without changing their rows, and revives them when it is extended", async () => {
    const [old, young] = [await key(31), await key(29)];
    const before = await row(old);
    await setAsShown(30);
    expect([await verdict(old), await verdict(young)]).toEqual(["EXPIRED", "VALID"]);
    expect(await row(old)).toEqual(before);
    value(await set(32));
    expect(await verdict(old)).toBe("VALID");
    await setAsShown(30);
    value(await set(null));
    expect(await verdict(old)).toBe("VALID");
  });

  test("does not apply to the public key that the organization started with, and to no other public key", async () => {
    const { defaultKeyId } = await database().organization.update({
      where: { id: organization.id },
      data: { maximumLifetimeDays: 1 },
    });
    const later = new Date(Date.now() + 5 * dayMs);
    const tokenOf = async (keyId: string) =>
      (await database().apiKeySecret.findFirstOrThrow({ where: { keyId } })).publicToken ?? "";
    const other = await key(2, { type: "public" });
    expect((await judgeToken(await tokenOf(defaultKeyId ?? ""), {}, later)).code).toBe("VALID");
    expect((await judgeToken(await tokenOf(other.id), {}, later)).code).toBe("EXPIRED");
  });

  test("ends access tokens, refresh tokens and the links of keys with it", async () => {
    const old = await key(29, { accessLevel: "ADMIN" });
    const client = tokenClient(old);
    value(await set(365));
    const now = new Date();
    const { accessToken, refreshToken } = await client.issue(now);
    const next = granted(await client.refresh(now, refreshToken));
    await setAsShown(28);
    for (const token of [accessToken, next.accessToken]) {
      expect(await codeOf(token, new Date())).toBe("key_expired");
    }
    await expect(client.refresh(now, next.refreshToken)).rejects.toThrow(/expired/);
    value(await set(365));
    expect(await codeOf(accessToken, new Date())).toBe("good");
    // Tokens issued under a maximum end with the key.
    const families = await database().tokenFamily.findMany({ where: { keyId: old.id } });
    await setAsShown(30);
    await client.issue(new Date());
    const added = await database().tokenFamily.findMany({
      where: { keyId: old.id, id: { notIn: families.map(({ id }) => id) } },
    });
    const { createdAt } = await row(old);
    expect(added.map(({ expiresAt }) => expiresAt)).toEqual([new Date(createdAt.getTime() + 30 * dayMs)]);
  });

  test("bounds the grace of a roll, and an ended key cannot be rolled", async () => {
    const [old, ended] = [await key(29.9), await key(31)];
    await setAsShown(30);
    const owner = await organization.as("OWNER");
    const rolled = value(await rollKey(owner, { keyId: old.id, graceSeconds: 7 * 86_400 }));
    expect(rolled.oldSecretEndsAt).toEqual(new Date((await row(old)).createdAt.getTime() + 30 * dayMs));
    expect(await rollKey(owner, { keyId: ended.id })).toMatchObject({ code: "conflict" });
  });

  test("does not hide a leaked key: it is revoked, so that a longer maximum does not revive it", async () => {
    const leaked = await key(31);
    await setAsShown(30);
    await reportLeaks(
      [{ token: leaked.token, url: "https://example.com", source: "content" }],
      "Test",
      origin(),
    );
    value(await set(null));
    expect(await verdict(leaked)).toBe("REVOKED");
  });
});

describe("[L15] before a maximum is saved", () => {
  test("the keys that it ends are shown with their use, the most used first, and nothing is saved", async () => {
    const [busy, idle, soon] = [await key(40), await key(35), await key(25, { creator: "ADMIN" })];
    const later = await key(10);
    await key(50, { expiresAt: ago(1) });
    await key(25, { expiresAt: new Date(Date.now() + dayMs) });
    await createTestKey(await createTestOrganization("Other"), { createdAt: ago(99) });
    await countCalls(busy, 12);
    await countCalls(busy, 99, 30);
    await countCalls(soon, 3);
    await usedAgo(busy, 0.5);
    await usedAgo(soon, 40);
    const refused = await set(30);
    const { OWNER, ADMIN } = organization.userIds;
    const endsAt = new Date((await row(soon)).createdAt.getTime() + 30 * dayMs);
    expect(refused).toMatchObject({
      code: "conflict",
      current: {
        lifetimePreview: {
          ...{ maximumLifetimeDays: 30, now: 2, soon: 1, callsNow: 12, callsSoon: 3 },
          counts: { today: 1, earlier: 1, idle: 1 },
          keys: [
            { id: busy.id, endsAt: null, calls: 12, use: "today", createdBy: { id: OWNER } },
            { id: soon.id, endsAt, calls: 3, createdBy: { id: ADMIN } },
            { id: idle.id, endsAt: null, calls: 0, use: "idle" },
          ],
          later: { count: 1, keys: [{ id: later.id, calls: 0, use: "idle" }] },
        },
      },
    });
    const preview = refused.ok ? undefined : refused.current?.lifetimePreview;
    const hours = (preview as LifetimePreview | undefined)?.hours ?? [];
    expect(hours).toHaveLength(24);
    expect(hours.filter(({ calls }) => calls > 0)).toEqual([{ start: lastHour(1), calls: 15 }]);
    expect(await policyNow()).toBeNull();
    expect(await verdict(busy)).toBe("VALID");
  });

  test("saving it reports how many active keys end earlier, and a repeated save reports none", async () => {
    await key(1);
    await key(2, { expiresAt: new Date(Date.now() + 300 * dayMs) });
    await key(25);
    await key(1, { expiresAt: new Date(Date.now() + dayMs) });
    const revoked = await key(1);
    await endTestKey(revoked, { revokedAt: new Date() });
    await createTestKey(await createTestOrganization("Other"), { createdAt: ago(1) });
    // The second key's own expiry is earlier.
    expect(value(await set(365)).shortened).toBe(2);
    expect(value(await set(365)).shortened).toBeNull();
    expect(value(await set(200)).shortened).toBe(3);
    expect(value(await set(null)).shortened).toBeNull();
    await key(40);
    const refused = await set(30);
    const shown = (refused.ok ? undefined : refused.current?.lifetimePreview) as LifetimePreview;
    expect(value(await set(30, { shown })).shortened).toBe(3);
  });

  test("more keys than shown, another maximum or an old preview need another review", async () => {
    await key(40);
    const preview = await setAsShown(30);
    value(await set(null));
    const refusedWith = async (days: number, shown: object) => {
      const refused = await set(days, { shown: { ...preview, ...shown } });
      const again = refused.ok
        ? undefined
        : (refused.current?.lifetimePreview as LifetimePreview | undefined);
      return again?.now ?? "saved";
    };
    expect(await refusedWith(29, {})).toBe(1);
    expect(await refusedWith(30, { at: ago(1) })).toBe(1);
    expect(await refusedWith(30, { at: new Date(Date.now() + dayMs) })).toBe(1);
    expect(await refusedWith(30, { now: 0 })).toBe(1);
    await key(41);
    expect(await refusedWith(30, {})).toBe(2);
    expect(await policyNow()).toBeNull();
  });

  test("one that ends nothing is saved at once, and each save is audited with what changed", async () => {
    await key(3);
    value(await set(30, { requireExpiry: true }));
    value(await set(60));
    const entries = await database().auditEntry.findMany({
      where: { organizationId: organization.id, action: "organization.updated" },
      orderBy: { sequence: "asc" },
    });
    expect(entries.map(({ details }) => details)).toMatchObject([
      {
        maximumLifetimeDaysBefore: null,
        maximumLifetimeDays: 30,
        requireExpiryBefore: false,
        requireExpiry: true,
      },
      { maximumLifetimeDaysBefore: 30, maximumLifetimeDays: 60 },
    ]);
  });
});

describe("[L15] an organization that requires an expiry", () => {
  test("refuses a new key without one at the field, and keeps existing keys", async () => {
    const endless = await key(1);
    value(await updateOrganization(await organization.as("OWNER"), { requireExpiry: true }));
    const generate = async (expiresAt: Date | null) =>
      generateKey(await organization.as("OWNER"), keyInput(organization, { expiresAt }));
    const message = "This organization requires an expiry";
    expect(await generate(null)).toMatchObject({
      code: "invalid_request",
      fields: [{ field: "expiresAt", message }],
    });
    value(await generate(new Date(Date.now() + dayMs)));
    expect(await verdict(endless)).toBe("VALID");
  });
});
