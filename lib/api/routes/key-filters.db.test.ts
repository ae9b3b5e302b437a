import { beforeAll, describe, expect, test } from "vitest";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey, pauseTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

const api = provideTestApi();
let organization: TestOrganization;
let owner: TestKey;
let applicationId: string;

const day = (text: string) => new Date(`2026-0${text}T00:00:00Z`);
type Over = Parameters<typeof createTestKey>[1] & { name: string };
/** A key with attributes that the verb would not set, such as its last use. */
async function keyWith({ name, ...over }: Over, attributes: Prisma.ApiKeyUncheckedUpdateInput = {}) {
  const key = await createTestKey(organization, { accessLevel: "MEMBER", roles: [], name, ...over });
  await database().apiKey.update({ where: { id: key.id }, data: attributes });
  return key;
}

beforeAll(async () => {
  const elsewhere = await createTestOrganization("Elsewhere");
  const foreign = await createTestKey(elsewhere, { name: "foreign" });
  await database().apiKey.update({
    where: { id: foreign.id },
    data: { subject: "cus_1", labels: { team: "billing" } },
  });
  organization = await createTestOrganization("Filters");
  const organizationId = organization.id;
  await database().role.create({
    data: { organizationId, roleId: "ic_viewer", title: "Viewer", permissions: ["case:read"] },
  });
  ({ id: applicationId } = await database().application.create({ data: { organizationId, name: "Shop" } }));
  owner = await createTestKey(organization, { name: "owner" });
  await keyWith({ name: "one" }, { subject: "cus_1", labels: { team: "billing", env: "prod" } });
  await keyWith({ name: "two" }, { subject: "cus_1", labels: { team: "billing", env: "test" } });
  await keyWith({ name: "upper" }, { subject: "CUS_1", labels: { env: "prod" } });
  await keyWith({ name: "role", roles: ["ic_viewer"] }, { lastUsedAt: day("3-01") });
  await keyWith({ name: "reader", roles: ["read_only"] }, { lastUsedAt: day("5-01") });
  await keyWith({ name: "ends", expiresAt: day("9-01") }, { subject: "a+b&c=d 100%_" });
  const paused = await keyWith({ name: "paused" }, { labels: { team: "a=b" } });
  await pauseTestKey(paused.id);
  const revoked = await keyWith({ name: "revoked" }, { subject: "cus_2" });
  await pauseTestKey(revoked.id);
  await endTestKey(revoked, { revokedAt: new Date() });
  const deleted = await keyWith({ name: "deleted" }, { subject: "cus_2" });
  await endTestKey(deleted, { revokedAt: new Date(), deletedAt: new Date() });
});

const list = (query: string) => api.call(`/v1/keys?${query}`, owner.token);
const names = async (query: string): Promise<string> => {
  const { status, json } = await list(query);
  expect(status).toBe(200);
  // Some keys are created in the same millisecond.
  return inOrder(json.data.map(({ name }: { name: string }) => name));
};
const inOrder = (found: readonly string[]) => [...found].sort().join(" ");
const of = (value: string) => encodeURIComponent(value);

describe("[L13] filters of GET /v1/keys", () => {
  test.each([
    ["subject=cus_1", "one two"],
    ["subject=CUS_1", "upper"],
    ["subject=cus_2", "revoked"],
    ["subject=cus", ""],
    [`subject=${of("a+b&c=d 100%_")}`, "ends"],
    [`subject=${of("a+b&c=d 100%x")}`, ""],
    ["label=team=billing", "one two"],
    ["label=team", "one two paused"],
    ["label=team%3Dbilling&label=env=prod", "one"],
    ["label=team&label=env=test", "two"],
    ["label=team=a=b", "paused"],
    ["label=team=", ""],
    ["label=nothing", ""],
    ["label=constructor", ""],
    ["role=ic_viewer", "role"],
    ["role=read_only", "reader"],
    ["role=no_such_role", ""],
    ["last_used_before=2026-04-01T00:00:00Z", "role"],
    ["last_used_before=2026-03-01T00:00:00Z", ""],
    ["last_used_before=2026-05-01T00:00:00.001Z", "role reader"],
    ["expires_before=2026-09-01T00:00:00Z", ""],
    ["expires_before=2026-09-01T00:00:00.001Z", "ends"],
    ["status=paused", "paused"],
    ["status=active&label=team", "one two paused"],
    ["status=revoked&subject=cus_2", "revoked"],
    ["status=active&subject=cus_2", ""],
    ["search=CUS_&label=env=prod", "one upper"],
    ["search=us_1&subject=cus_1&label=env=test&status=active", "two"],
  ])("%s finds: %s", async (query, found) => {
    expect(await names(query)).toBe(inOrder(found.split(" ")));
  });

  test("creator and namespace", async () => {
    const { id, userIds } = organization;
    expect(await names(`creator=${userIds.OWNER}&subject=cus_1`)).toBe("one two");
    expect(await names(`creator=${userIds.MEMBER}`)).toBe("");
    expect(await names(`namespace=organization:${id}&subject=cus_1`)).toBe("one two");
    const application = { type: "application", id: applicationId } as const;
    const userId = userIds.OWNER;
    await database().grant.create({
      data: { organizationId: id, userId, accessLevel: "OWNER", applicationId },
    });
    const inside = await createTestKey(organization, { name: "inside", namespace: application });
    expect(await names(`namespace=application:${applicationId}`)).toBe("");
    const own = await api.call(`/v1/keys?namespace=application:${applicationId}`, inside.token);
    expect(own.json.data.map(({ name }: { name: string }) => name)).toEqual(["inside"]);
    expect((await api.call(`/v1/keys?namespace=organization:${id}`, inside.token)).json.data).toEqual([]);
  });

  test("a cursor continues under the same filters", async () => {
    const seen: string[] = [];
    let cursor = "";
    do {
      const { json } = await list(`label=env&limit=1${cursor}`);
      seen.push(...json.data.map(({ name }: { name: string }) => name));
      cursor = json.next_cursor === null ? "" : `&cursor=${json.next_cursor}`;
    } while (cursor !== "");
    expect(inOrder(seen)).toBe("one two upper");
  });

  test.each([
    ["subject=", "subject"],
    ["subject=%00", "subject"],
    [`subject=${"x".repeat(201)}`, "subject"],
    ["label=", "label.0"],
    ["label=team&label=Team", "label.1"],
    [Array(11).fill("label=team").join("&"), "label"],
    ["namespace=organization", "namespace"],
    ["namespace=team:1", "namespace"],
    ["role=Admin", "role"],
    ["creator=owner@example.com", "creator"],
    ["last_used_before=yesterday", "last_used_before"],
    ["expires_before=2026-09-01", "expires_before"],
    ["status=gone", "status"],
    ["labels=team", "labels"],
    ["metadata=x", "metadata"],
    ["subject=a&subject=b", null],
    ["status=active&status=active", null],
  ])("%s is refused", async (query, field) => {
    const refused = await list(query);
    expect(statusAndCode(refused)).toEqual([400, "invalid_request"]);
    expect(refused.json.errors?.[0]?.field ?? null).toBe(field);
  });

  test("a key without keys:read learns nothing from a filter", async () => {
    const poor = await createTestKey(organization, { accessLevel: "MEMBER", roles: [] });
    for (const query of ["subject=cus_1", `namespace=application:${applicationId}`]) {
      expect(statusAndCode(await api.call(`/v1/keys?${query}`, poor.token))).toEqual([403, "forbidden"]);
    }
  });
});
