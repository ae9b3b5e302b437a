import { beforeAll, describe, expect, test } from "vitest";
import { createTestKey, pauseTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { createTestResources } from "@/e2e/support/data/test-resources";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { builtInRoles } from "@/lib/core/access/role";
import { bulkMaximum } from "@/lib/core/keys/bulk/bulk-change";
import { database } from "@/lib/db/client";
import { type BulkChange, keySelection } from "@/lib/schemas/bulk/bulk-keys";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { changeKeys } from "./change-keys";
import { listReceivers } from "./list-receivers";
import { previewKeyChanges } from "./preview-key-changes";

let organization: TestOrganization;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Verbs");
});

type Key = { readonly id: string };
const owner = (at = new Date()) => organization.as("OWNER", at);
const newKey = (over: Parameters<typeof createTestKey>[1] = {}) =>
  createTestKey(organization, { accessLevel: "MEMBER", ...over });
const dryRun = async (change: BulkChange, keys: readonly Key[]) => {
  const selection = keySelection.parse({ own: false, ids: keys.map(({ id }) => id), address: "" });
  return previewKeyChanges(await owner(), { change, selection });
};
const run = async (change: BulkChange, keys: readonly Key[]) => {
  const preview = value(await dryRun(change, keys));
  if (preview.keys.length === 0) return { preview, changed: [], skipped: [] };
  return { preview, ...value(await changeKeys(await owner(), { change, keys: [...preview.keys] })) };
};
const row = (id: string) => database().apiKey.findUniqueOrThrow({ where: { id } });
const trailOf = async (targetId: string) =>
  (await database().auditEntry.findMany({ where: { targetId }, orderBy: { sequence: "asc" } })).map(
    ({ action, details }) => ({ action, ...(details as object) }),
  );

/** A key, and another key created with its token. */
async function keyWithMade() {
  const key = await newKey({ accessLevel: "OWNER" });
  await tokenClient(key).issue(new Date());
  const family = await database().tokenFamily.findFirstOrThrow({ where: { keyId: key.id } });
  const made = await newKey({ name: "Made", createdByKeyId: key.id, createdByFamilyId: family.id });
  return { key, made };
}

describe("[L12] keys created with the keys' tokens", () => {
  test("end with them, and are counted before and reported after, whether selected or not", async () => {
    const [one, two] = [await keyWithMade(), await keyWithMade()];
    const all = await run({ verb: "revoke" }, [one.key, two.key, two.made]);
    expect(all.preview.alsoChange).toBe(1);
    const ids = [one.key.id, one.made.id, two.key.id, two.made.id];
    expect([...all.changed].sort()).toEqual([...ids].sort());
    for (const id of ids) expect((await row(id)).revokedAt).not.toBe(null);
    expect(await trailOf(two.made.id)).toEqual([{ action: "key.revoked", reason: "person" }]);
    expect(await trailOf(one.made.id)).toEqual([{ action: "key.revoked", reason: "policy" }]);
  });

  test("pause and resume with them", async () => {
    const { key, made } = await keyWithMade();
    const other = await newKey();
    const paused = await run({ verb: "pause" }, [key, other]);
    expect([...paused.changed].sort()).toEqual([key.id, made.id, other.id].sort());
    expect((await judgeToken(made.token, {}, new Date())).code).toBe("PAUSED");
    expect(await trailOf(made.id)).toEqual([{ action: "key.paused", withKey: `key_${key.id}` }]);
    const resumed = await run({ verb: "resume" }, [key, other]);
    expect([...resumed.changed].sort()).toEqual([key.id, made.id, other.id].sort());
    expect((await judgeToken(made.token, {}, new Date())).code).toBe("VALID");
  });
});

test("[L12] a deletion includes revoked keys, and says which these were", async () => {
  const [live, ended] = [await newKey(), await newKey()];
  await run({ verb: "revoke" }, [ended]);
  expect((await run({ verb: "delete" }, [live, ended])).changed).toHaveLength(2);
  expect(await trailOf(live.id)).toEqual([{ action: "key.deleted", wasRevoked: false }]);
  expect((await trailOf(ended.id)).at(-1)).toEqual({ action: "key.deleted", wasRevoked: true });
});

test("[L12] a resumption leaves alone keys that are not paused, and keys paused again since", async () => {
  const [paused, live] = [await newKey(), await newKey()];
  await pauseTestKey(paused.id);
  const preview = value(await dryRun({ verb: "resume" }, [paused, live]));
  expect(preview.skipped).toEqual([{ reason: "not_paused", count: 1, names: ["A key"] }]);
  await run({ verb: "resume" }, [paused]);
  await pauseTestKey(paused.id);
  const late = value(
    await changeKeys(await owner(), { change: { verb: "resume" }, keys: [...preview.keys] }),
  );
  expect(late).toMatchObject({ changed: [], skipped: [{ reason: "changed" }] });
});

describe("[L12] a role", () => {
  test("is given to keys that lack it and taken from those that carry it, and their version grows", async () => {
    const own = { roleId: "exporter", title: "Exporter", permissions: ["exports:read"] };
    await database().role.create({ data: { organizationId: organization.id, ...own } });
    const [without, carrying] = [await newKey(), await newKey({ roles: ["exporter", "read_only"] })];
    const added = await run({ verb: "addRole", role: "exporter" }, [without, carrying]);
    expect(added.changed).toEqual([without.id]);
    expect(added.preview.skipped).toMatchObject([{ reason: "has_role", count: 1 }]);
    expect((await row(without.id)).version).toBe(2);
    expect((await trailOf(without.id)).at(-1)).toMatchObject({
      action: "key.updated",
      rolesBefore: ["full_access"],
      roles: ["full_access", "exporter"],
    });
    expect((await run({ verb: "removeRole", role: "exporter" }, [without, carrying])).changed).toHaveLength(
      2,
    );
    expect((await trailOf(carrying.id)).at(-1)).toMatchObject({ roles: ["read_only"] });
    const builtIn = await run({ verb: "removeRole", role: "read_only" }, [without, carrying]);
    expect(builtIn.changed).toEqual([carrying.id]);
    expect(builtIn.preview.skipped).toMatchObject([{ reason: "lacks_role", count: 1 }]);
    expect(await database().apiKeyRole.count({ where: { keyId: carrying.id } })).toBe(0);
  });

  test("of another organization is unknown, and a key carries no more than 50", async () => {
    const key = await newKey();
    expect(await dryRun({ verb: "addRole", role: "of_others" }, [key])).toMatchObject({
      ok: false,
      code: "invalid_request",
    });
    const named = Array.from({ length: 50 - builtInRoles.length }, (_, index) => `own_${index}`);
    const roles = named.map((roleId) => ({ roleId, title: roleId, permissions: ["exports:read"] }));
    await database().role.createMany({
      data: roles.map((role) => ({ organizationId: organization.id, ...role })),
    });
    const full = await newKey({ roles: [...builtInRoles.map(({ id }) => id), ...named] });
    const preview = value(await dryRun({ verb: "addRole", role: "exporter" }, [full]));
    expect(preview.skipped).toMatchObject([{ reason: "too_many_roles" }]);
  });
});

test("[B2] a person who may change none of the keys does not learn which roles exist", async () => {
  const { id } = await newKey();
  const { keys } = value(await dryRun({ verb: "revoke" }, [{ id }]));
  const add = async (level: "OWNER" | "MEMBER", role: string) =>
    changeKeys(await organization.as(level), { change: { verb: "addRole", role }, keys: [...keys] });
  const unknown = await add("MEMBER", "no_such_role");
  expect(unknown).toMatchObject({ ok: false, code: "not_found" });
  expect(await add("MEMBER", "read_only")).toEqual(unknown);
  expect(await add("OWNER", "no_such_role")).toMatchObject({ ok: false, code: "invalid_request" });
  expect(await database().apiKeyRole.count({ where: { keyId: id } })).toBe(1);
});

describe("[L12] a transfer", () => {
  test("only goes to people who could have generated the key there, and leaves ended keys alone", async () => {
    const { OWNER, ADMIN, MEMBER } = organization.userIds;
    await database().organization.update({
      where: { id: organization.id },
      data: { keyCreators: "ADMIN" },
    });
    const { application } = await createTestResources(organization);
    const namespace = { type: "application", id: application.id } as const;
    await database().grant.create({
      data: {
        organizationId: organization.id,
        userId: OWNER,
        applicationId: application.id,
        accessLevel: "OWNER",
      },
    });
    const [plain, high, placed, theirs] = [
      await newKey({ name: "Plain" }),
      await newKey({ name: "High", accessLevel: "OWNER" }),
      await newKey({ name: "Placed", namespace }),
      await newKey({ name: "Theirs", creator: "ADMIN" }),
    ];
    const toAdmin = { verb: "transfer", toUserId: ADMIN } as const;
    const moved = await run(toAdmin, [plain, high, theirs]);
    expect(moved.changed).toEqual([plain.id]);
    expect(moved.preview.skipped.map(({ reason }) => reason).sort()).toEqual(["already_theirs", "receiver"]);
    expect(await row(plain.id)).toMatchObject({ creatorId: ADMIN, liveCreatorId: ADMIN });
    expect(await trailOf(plain.id)).toEqual([
      { action: "key.transferred", fromUserId: OWNER, toUserId: ADMIN },
    ]);
    const toMember = value(await dryRun({ verb: "transfer", toUserId: MEMBER }, [high]));
    expect(toMember.skipped).toMatchObject([{ reason: "receiver" }]);
    // An admin of the organization has no access to the application without a grant.
    const grant = { organizationId: organization.id, userId: ADMIN, applicationId: application.id };
    expect((await run(toAdmin, [placed])).preview.skipped).toMatchObject([{ reason: "receiver" }]);
    await database().grant.create({ data: { ...grant, accessLevel: "MEMBER" } });
    expect((await run(toAdmin, [placed])).changed).toEqual([placed.id]);
    const people = value(await listReceivers(await owner(), { search: "" })).people;
    expect(people.map(({ id }) => id).sort()).toEqual([OWNER, ADMIN].sort());
  });

  test("to a stranger or a former member is refused", async () => {
    const key = await newKey();
    const stranger = await createTestOrganization("Stranger");
    const change = { verb: "transfer", toUserId: stranger.userIds.OWNER } as const;
    expect(await dryRun(change, [key])).toMatchObject({ ok: false, code: "not_found" });
    const { keys } = value(await dryRun({ verb: "revoke" }, [key]));
    const { changed, skipped } = value(await changeKeys(await owner(), { change, keys: [...keys] }));
    expect([changed, skipped.map(({ reason }) => reason)]).toEqual([[], ["receiver"]]);
    expect((await row(key.id)).creatorId).toBe(organization.userIds.OWNER);
  });
});

test("[L12] more keys than can be changed at once are refused before any is read", async () => {
  const crowd = await createTestOrganization("Crowd");
  await database().$executeRaw`
    INSERT INTO api_keys (id, organization_id, type, name, access_level, namespace_type, creator_id,
      live_creator_id, created_at)
    SELECT lpad(n::text, 16, 'c'), ${crowd.id}::uuid, 'secret', 'Crowd', 'MEMBER', 'organization',
      ${crowd.userIds.OWNER}::uuid, ${crowd.userIds.OWNER}::uuid, now()
    FROM generate_series(1, ${bulkMaximum + 1}::int) n`;
  const all = keySelection.parse({ own: false, ids: null, address: "search=Crowd" });
  const tooMany = await previewKeyChanges(await crowd.as("OWNER"), {
    change: { verb: "pause" },
    selection: all,
  });
  expect(tooMany).toMatchObject({ ok: false, code: "invalid_request" });
});
