import { beforeAll, expect, test } from "vitest";
import { createTestKey, endTestKey, pauseTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, setTestLevel, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { withBeforeCommit } from "@/lib/db/unit-of-work";
import { type BulkChange, keySelection } from "@/lib/schemas/bulk/bulk-keys";
import type { MemberContext } from "@/lib/services/access/context";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { updateKey } from "../update-key";
import { seenOf } from "./bulk-key";
import { changeKeys } from "./change-keys";
import { listBulkKeys } from "./list-bulk-keys";
import { previewKeyChanges } from "./preview-key-changes";

let organization: TestOrganization;
let elsewhere: TestOrganization;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Bulk");
  elsewhere = await createTestOrganization("Elsewhere");
});

const revoke: BulkChange = { verb: "revoke" };
const owner = (at = new Date()) => organization.as("OWNER", at);
const newKeys = (count: number, over: Parameters<typeof createTestKey>[1] = {}) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      createTestKey(organization, { name: `Key ${index}`, accessLevel: "MEMBER", ...over }),
    ),
  );
const ticked = (ids: readonly string[]) => keySelection.parse({ own: false, ids, address: "" });
const dryRun = async (change: BulkChange, keys: readonly { readonly id: string }[]) =>
  value(await previewKeyChanges(await owner(), { change, selection: ticked(keys.map(({ id }) => id)) }));
const statesOf = (keys: readonly { readonly id: string }[]) =>
  database().apiKey.findMany({ where: { id: { in: keys.map(({ id }) => id) } }, orderBy: { id: "asc" } });
const trailOf = (keys: readonly { readonly id: string }[]) =>
  database().auditEntry.findMany({
    where: { targetId: { in: keys.map(({ id }) => id) } },
    select: { action: true, targetId: true, details: true },
  });

test("[L14] a pause says how many of its keys only others may resume", async () => {
  const keys = await newKeys(2);
  const high = await newKeys(1, { accessLevel: "ADMIN" });
  const selection = ticked([...keys, ...high].map(({ id }) => id));
  const asked = async (verb: "pause" | "revoke", as: MemberContext) =>
    value(await previewKeyChanges(as, { change: { verb }, selection })).notResumable;
  const admin = await organization.as("ADMIN", new Date());
  expect(await asked("pause", admin)).toEqual({ count: 3, onlyOwners: true });
  expect(await asked("revoke", admin)).toMatchObject({ count: 0 });
  expect(await asked("pause", await owner())).toMatchObject({ count: 0 });
  const lenient = { ...admin, organization: { ...admin.organization, keyCreators: "ADMIN" as const } };
  expect(await asked("pause", lenient)).toEqual({ count: 1, onlyOwners: false });
});

test("[L12] revokes each key of the dry run once, on every node, with one audit entry each", async () => {
  const keys = await newKeys(7);
  const preview = await dryRun(revoke, keys);
  expect(preview).toMatchObject({ skipped: [], callsLast24Hours: 0, inUse: 0, alsoChange: 0 });
  expect(preview.keys.map(({ id }) => id).sort()).toEqual(keys.map(({ id }) => id).sort());
  const step = { change: revoke, keys: [...preview.keys] };
  const done = value(await changeKeys(await owner(), step));
  expect([...done.changed].sort()).toEqual(keys.map(({ id }) => id).sort());
  expect(done.skipped).toEqual([]);
  for (const { token } of keys) expect((await judgeToken(token, {}, new Date())).code).toBe("REVOKED");
  const trail = await trailOf(keys);
  expect(trail.map(({ action }) => action)).toEqual(keys.map(() => "key.revoked"));

  // As after a lost answer: the same step is sent again.
  const again = value(await changeKeys(await owner(), step));
  expect(again.changed).toEqual([]);
  expect(again.skipped.map(({ reason }) => reason)).toEqual(keys.map(() => "revoked"));
  expect(await trailOf(keys)).toHaveLength(keys.length);
});

test("[L12] two people at once change each key once, and both learn what happened", async () => {
  const keys = await newKeys(6);
  const { keys: seen } = await dryRun({ verb: "pause" }, keys);
  const step = { change: { verb: "pause" } as const, keys: [...seen] };
  const backwards = { ...step, keys: [...seen].reverse() };
  const people = [await owner(), await organization.as("ADMIN")];
  const answers = await Promise.all(
    people.map((person, index) => changeKeys(person, index === 0 ? step : backwards)),
  );
  const all = answers.map(value);
  expect(all.flatMap(({ changed }) => changed).sort()).toEqual(keys.map(({ id }) => id).sort());
  expect(all.flatMap(({ skipped }) => skipped).every(({ reason }) => reason === "paused")).toBe(true);
  expect(await trailOf(keys)).toHaveLength(keys.length);
});

test("[L12] keys that changed since the dry run are left alone and named", async () => {
  const [renamed, paused, ended, gone, same] = await newKeys(5);
  if (!renamed || !paused || !ended || !gone || !same) throw new Error("five keys");
  const { keys } = await dryRun(revoke, [renamed, paused, ended, gone, same]);
  value(await updateKey(await owner(), { keyId: renamed.id, version: 1, name: "Another purpose" }));
  await pauseTestKey(paused.id);
  await endTestKey(ended, { revokedAt: new Date() });
  await endTestKey(gone, { revokedAt: new Date(), deletedAt: new Date() });
  const done = value(await changeKeys(await owner(), { change: revoke, keys: [...keys] }));
  expect(done.changed).toEqual([same.id]);
  const reasons = new Map(done.skipped.map(({ id, name, reason }) => [id, `${name}: ${reason}`]));
  expect(reasons.get(renamed.id)).toBe("Another purpose: changed");
  expect(reasons.get(paused.id)).toBe("Key 1: changed");
  expect(reasons.get(ended.id)).toBe("Key 2: revoked");
  expect(reasons.get(gone.id)).toBe(": gone");
  const states = new Map((await statesOf([renamed, paused])).map((key) => [key.id, key.revokedAt]));
  expect([...states.values()]).toEqual([null, null]);
});

test("[L12] a dry run counts the keys left alone and why, and the calls at stake", async () => {
  const [quiet, busy, over, own] = await newKeys(4);
  if (!quiet || !busy || !over || !own) throw new Error("four keys");
  const [foreign] = [await createTestKey(elsewhere)];
  const high = await createTestKey(organization, { name: "High", accessLevel: "OWNER" });
  await endTestKey(over, { revokedAt: new Date() });
  const past = { createdAt: new Date(Date.now() - 9_000_000), expiresAt: new Date(Date.now() - 1000) };
  const late = await createTestKey(organization, { name: "Late", accessLevel: "MEMBER", ...past });
  const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
  for (const [keyId, calls] of [
    [busy.id, 40],
    [quiet.id, 2],
  ] as const) {
    await database().apiKeyUsageHour.create({
      data: { organizationId: organization.id, keyId, hour, outcome: "VALID", calls },
    });
  }
  const ids = [quiet, busy, over, own, foreign, high, late].map(({ id }) => id);
  const preview = value(
    await previewKeyChanges(await organization.as("ADMIN"), {
      change: { verb: "pause" },
      selection: ticked(ids),
    }),
  );
  expect(preview.keys.map(({ id }) => id).sort()).toEqual([quiet.id, busy.id, own.id].sort());
  expect(preview.callsLast24Hours).toBe(42);
  expect(preview.inUse).toBe(2);
  expect(preview.mostUsed).toMatchObject([
    { id: busy.id, name: "Key 1", calls: 40, accessLevel: "MEMBER", namespace: { type: "organization" } },
    { id: quiet.id, name: "Key 0", calls: 2 },
    { id: own.id, name: "Key 3", calls: 0 },
  ]);
  const [, ...others] = preview.keys.map(({ id }) => id);
  const named = { own: false, ids: [...others, foreign.id] };
  expect(value(await listBulkKeys(await organization.as("ADMIN"), named))).toMatchObject([
    { id: quiet.id, calls: 2 },
    { id: own.id, calls: 0 },
  ]);
  expect(await listBulkKeys(await organization.as("MEMBER"), named)).toMatchObject({ code: "not_found" });
  expect(preview.hours).toHaveLength(24);
  expect(preview.hours.at(-1)).toEqual({ start: hour, calls: 42 });
  expect(preview.counts).toEqual({ today: 0, earlier: 0, idle: 3 });
  expect(new Map(preview.skipped.map(({ reason, names }) => [reason, names]))).toEqual(
    new Map([
      ["gone", []],
      ["revoked", ["Key 2"]],
      ["expired", ["Late"]],
      ["owner_level", ["High"]],
    ]),
  );
});

test("[L12] selects all keys that match the list's URL, and only a person's own keys on their page", async () => {
  await newKeys(3, { name: "Kiosk" });
  await createTestKey(organization, { name: "Kiosk", accessLevel: "MEMBER", creator: "ADMIN" });
  const preview = async (own: boolean, address: string) =>
    value(
      await previewKeyChanges(await owner(), {
        change: revoke,
        selection: keySelection.parse({ own, ids: null, address }),
      }),
    );
  expect((await preview(false, "search=kiosk&page=7")).keys).toHaveLength(4);
  expect((await preview(true, "search=kiosk")).keys).toHaveLength(3);
  expect((await preview(false, "search=kiosk&status=revoked")).keys).toHaveLength(0);
  expect(keySelection.safeParse({ own: false, ids: null, address: "label=%00" }).success).toBe(false);
});

test("[J2] [L12] a bulk change does not stop the default key, however it was selected", async () => {
  const { id } = await database().apiKey.findFirstOrThrow({
    where: { organizationId: organization.id, name: "Default API Key" },
  });
  const [other] = await newKeys(1);
  if (!other) throw new Error("a key");
  for (const verb of ["revoke", "pause", "delete"] as const) {
    const all = { own: false, ids: null, address: "" };
    for (const selection of [keySelection.parse(all), ticked([id, other.id])]) {
      const preview = value(await previewKeyChanges(await owner(), { change: { verb }, selection }));
      expect(preview.keys.map((key) => key.id)).not.toContain(id);
      expect(preview.skipped).toContainEqual({ reason: "default_key", count: 1, names: ["Default API Key"] });
    }
    const seen = seenOf(await database().apiKey.findUniqueOrThrow({ where: { id } }));
    expect(value(await changeKeys(await owner(), { change: { verb }, keys: [{ id, seen }] }))).toMatchObject({
      changed: [],
      skipped: [{ id, reason: "default_key" }],
    });
  }
  const role = await previewKeyChanges(await owner(), {
    change: { verb: "addRole", role: "key_verifier" },
    selection: ticked([id]),
  });
  expect(value(role).keys).toHaveLength(1);
});

test("[L12] a process that dies before the commit leaves every key of the step as it was", async () => {
  const keys = await newKeys(3);
  const { keys: seen } = await dryRun({ verb: "delete" }, keys);
  const step = { change: { verb: "delete" } as const, keys: [...seen] };
  const dies = () => Promise.reject(new Error("killed"));
  const context = await owner();
  await expect(withBeforeCommit(dies, () => changeKeys(context, step))).rejects.toThrow("killed");
  expect((await statesOf(keys)).map(({ deletedAt, revokedAt }) => deletedAt ?? revokedAt)).toEqual([
    null,
    null,
    null,
  ]);
  expect(await trailOf(keys)).toEqual([]);
  expect(value(await changeKeys(context, step)).changed).toHaveLength(3);
});

test("[L12] a person demoted halfway changes no further keys", async () => {
  const keys = await newKeys(4);
  const { keys: seen } = await dryRun(revoke, keys);
  const admin = await organization.as("ADMIN");
  value(await changeKeys(admin, { change: revoke, keys: seen.slice(0, 2) }));
  await setTestLevel(organization, organization.userIds.ADMIN, "MEMBER");
  const refused = await changeKeys(admin, { change: revoke, keys: seen.slice(2) });
  await setTestLevel(organization, organization.userIds.ADMIN, "ADMIN");
  expect(refused).toMatchObject({ ok: false, code: "not_found" });
  expect((await statesOf(keys)).filter(({ revokedAt }) => revokedAt === null)).toHaveLength(2);
});
