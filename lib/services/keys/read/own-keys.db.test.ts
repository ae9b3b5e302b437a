import { beforeEach, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import type { TestResources } from "@/e2e/support/data/test-resources";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { keyListInput } from "@/lib/schemas/key-list";
import type { MemberContext } from "@/lib/services/access/context";
import { deleteKey } from "../delete-key";
import { pauseKey, resumeKey } from "../pause-key";
import { revokeKey } from "../revoke-key";
import { rollKey } from "../roll-key";
import { updateKey } from "../update-key";
import { readKeyImpact } from "./key-impact";
import { listKeys, listOwnKeys } from "./list-keys";
import { readKey } from "./read-key";

let organization: TestOrganization;
let store: TestResources;

provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("Own");
  store = await createTestResources(organization);
  await allow("MEMBER");
});

const allow = (keyCreators: AccessLevel) =>
  database().organization.update({ where: { id: organization.id }, data: { keyCreators } });
const grant = (resource: TestResources["workspace"], accessLevel: AccessLevel) =>
  giveTestGrant(organization, organization.userIds.MEMBER, resource, accessLevel);
const inWorkspace = () => ({ namespace: store.workspace, accessLevel: "ADMIN" }) as const;
const all = keyListInput.parse({ status: "all" });

type Verb = (context: MemberContext, keyId: string) => Promise<{ ok: boolean; code?: string }>;
/** In an order in which each verb can follow the previous one. */
const verbs: readonly (readonly [string, Verb])[] = [
  ["readKey", readKey],
  ["readKeyImpact", (context, keyId) => readKeyImpact(context, { keyId })],
  ["updateKey", (context, keyId) => updateKey(context, { keyId, name: "Renamed", description: "" })],
  ["rollKey", rollAsItIsNow],
  ["pauseKey", (context, keyId) => pauseKey(context, { keyId })],
  ["resumeKey", (context, keyId) => resumeKey(context, { keyId })],
  ["revokeKey", (context, keyId) => revokeKey(context, { keyId })],
  ["deleteKey", (context, keyId) => deleteKey(context, { keyId })],
];

/** Rolls the key's current version, as the dialog does, because the change before made a new version. */
async function rollAsItIsNow(context: MemberContext, keyId: string) {
  const { version } = await database().apiKey.findUniqueOrThrow({ where: { id: keyId } });
  return rollKey(context, { keyId, graceSeconds: 60, version });
}

/** What a row of a working key allows a person who may do everything. */
const everything = {
  update: true,
  roll: true,
  duplicate: true,
  pause: true,
  resume: false,
  revoke: true,
  delete: true,
};

describe("where everyone creates keys, a member", () => {
  test("[L12] [Y2] lists only the keys they created, and has no list of the organization's", async () => {
    const { id } = await createTestKey(organization, { creator: "MEMBER", accessLevel: "MEMBER" });
    await createTestKey(organization, { accessLevel: "MEMBER" });
    const member = await organization.as("MEMBER");
    const page = value(await listOwnKeys(member, all));
    expect(page.rows.map((row) => row.id)).toEqual([id]);
    const counted = (count: number) => ({ count, isAll: true });
    expect(page.counts).toEqual({
      active: counted(1),
      paused: counted(0),
      rolling: counted(0),
      revoked: counted(0),
      expired: counted(0),
      all: counted(1),
    });
    expect(page.rows[0]?.allowed).toEqual(everything);
    expect(await listKeys(member, all)).toMatchObject({ ok: false, code: "not_found" });
  });

  test("[L12] [Y2] does everything with a key of their own, even above their level if a grant allows it", async () => {
    await grant(store.workspace, "ADMIN");
    const member = await organization.as("MEMBER");
    for (const over of [{ accessLevel: "MEMBER" } as const, inWorkspace()]) {
      const { id } = await createTestKey(organization, { creator: "MEMBER", ...over });
      const row = value(await listOwnKeys(member, all)).rows.find((each) => each.id === id);
      expect(row?.allowed).toEqual(everything);
      for (const [name, verb] of verbs)
        expect([name, await verb(member, id)]).toMatchObject([name, { ok: true }]);
    }
  });

  test("[L12] [Y2] finds no keys of others, by any verb, even with a grant in their namespace", async () => {
    await grant(store.workspace, "OWNER");
    await giveTestGrant(organization, organization.userIds.OWNER, store.workspace, "OWNER");
    for (const over of [{ accessLevel: "MEMBER" } as const, inWorkspace()]) {
      const { id } = await createTestKey(organization, over);
      const before = await database().apiKey.findUniqueOrThrow({ where: { id }, include: { secrets: true } });
      const entries = await database().auditEntry.count();
      for (const [name, verb] of verbs) {
        const refused = await verb(await organization.as("MEMBER"), id);
        expect([name, refused]).toMatchObject([name, { ok: false, code: "not_found" }]);
      }
      expect(
        await database().apiKey.findUniqueOrThrow({ where: { id }, include: { secrets: true } }),
      ).toEqual(before);
      expect(await database().auditEntry.count()).toBe(entries);
    }
  });

  test("[Y9] whose grant was lowered can still read their key there, but nothing more", async () => {
    // Other people's access there does not help the member.
    await giveTestGrant(organization, organization.userIds.ADMIN, store.workspace, "OWNER");
    await grant(store.workspace, "ADMIN");
    await giveTestGrant(organization, organization.userIds.OWNER, store.workspace, "OWNER");
    const { id } = await createTestKey(organization, { creator: "MEMBER", ...inWorkspace() });
    await database().grant.updateMany({
      where: { workspaceId: store.workspace.id, userId: organization.userIds.MEMBER },
      data: { accessLevel: "MEMBER" },
    });
    const member = await organization.as("MEMBER");
    const row = value(await listOwnKeys(member, all)).rows[0];
    expect(row?.allowed).toEqual({
      update: false,
      roll: false,
      duplicate: true,
      pause: false,
      resume: false,
      revoke: false,
      delete: false,
    });
    for (const [name, verb] of verbs) {
      const outcome = name.startsWith("read") ? { ok: true } : { ok: false, code: "forbidden" };
      expect([name, await verb(member, id)]).toMatchObject([name, outcome]);
    }
  });
});

test.each<[AccessLevel, AccessLevel, boolean]>([
  ["OWNER", "OWNER", true],
  ["OWNER", "ADMIN", true],
  ["OWNER", "MEMBER", true],
  ["ADMIN", "OWNER", false],
  ["ADMIN", "ADMIN", true],
  ["ADMIN", "MEMBER", true],
  ["MEMBER", "OWNER", false],
  ["MEMBER", "ADMIN", false],
  ["MEMBER", "MEMBER", true],
])(
  "[L12] [Y2] the own keys page of %s, where %s and above create keys, exists: %s",
  async (level, setting, there) => {
    await allow(setting);
    const listed = await listOwnKeys(await organization.as(level), all);
    expect(listed).toMatchObject(there ? { ok: true } : { ok: false, code: "not_found" });
  },
);

test("[L12] an admin's own keys are theirs alone, whatever else they may read", async () => {
  await createTestKey(organization, { name: "Of the owner" });
  await createTestKey(organization, { name: "Of the admin", creator: "ADMIN", accessLevel: "ADMIN" });
  const names = value(await listOwnKeys(await organization.as("ADMIN"), all)).rows.map((row) => row.name);
  expect(names).toEqual(["Of the admin"]);
});

test("[Y2] a creator whose level fell below the setting no longer finds their keys, by any verb", async () => {
  const { id } = await createTestKey(organization, { creator: "MEMBER", accessLevel: "MEMBER" });
  await allow("ADMIN");
  const member = await organization.as("MEMBER");
  for (const [name, verb] of verbs) {
    expect([name, await verb(member, id)]).toMatchObject([name, { ok: false, code: "not_found" }]);
  }
  expect(await listOwnKeys(member, all)).toMatchObject({ ok: false, code: "not_found" });
});

test("[P3] [S2] a row shows the path to its namespace, and is found by each name on it", async () => {
  await grant(store.workspace, "ADMIN");
  await grant(store.organizationGroup, "MEMBER");
  const name = "In the workspace";
  await createTestKey(organization, { name, creator: "MEMBER", ...inWorkspace() });
  const groupKey = { name: "In the group", creator: "MEMBER", accessLevel: "MEMBER" } as const;
  await createTestKey(organization, { ...groupKey, namespace: store.organizationGroup });
  const owner = await organization.as("OWNER");
  const found = async (search: string) =>
    value(await listKeys(owner, { ...all, search })).rows.map((row) => [row.name, row.namespace.name]);
  const workspaceRow = [name, "Storefront / Production"];
  const groupRow = ["In the group", "Everyone at Storefront"];
  expect(await found("production")).toEqual([workspaceRow]);
  expect((await found("STOREFRONT")).sort()).toEqual([groupRow, workspaceRow]);
  expect(await found("everyone at")).toEqual([groupRow]);
  expect(await found("support")).toEqual([]);
});

test("[L4] [P9] the details show the creator's current level in the namespace, and what it removes", async () => {
  await grant(store.workspace, "ADMIN");
  const { id } = await createTestKey(organization, {
    creator: "MEMBER",
    ...inWorkspace(),
    roles: ["key_verifier", "auditor"],
  });
  const details = async () => value(await readKey(await organization.as("MEMBER"), id));
  expect(await details()).toMatchObject({
    namespace: { ...store.workspace, name: "Storefront / Production" },
    creatorLevel: "ADMIN",
    permissions: ["audit:read", "keys:verify"],
  });
  await database().grant.updateMany({
    where: { workspaceId: store.workspace.id },
    data: { accessLevel: "MEMBER" },
  });
  const hindrance = { by: "creator", level: "MEMBER", bySetting: false };
  expect(await details()).toMatchObject({
    creatorLevel: "MEMBER",
    permissions: [],
    explanation: [
      { permission: "audit:read", roles: ["auditor"], hindrance },
      { permission: "keys:verify", roles: ["key_verifier"], hindrance },
    ],
  });
});
