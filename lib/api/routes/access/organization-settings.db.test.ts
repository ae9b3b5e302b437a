import { beforeEach, expect, test } from "vitest";
import { databaseState } from "@/e2e/permission-matrix/database-state";
import { basicOf, postForm } from "@/e2e/support/api/oauth-client";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import type { KeyCreators } from "@/lib/core/access/permission";
import { database } from "@/lib/db/client";
import { createRole } from "@/lib/services/roles/create-role";

const api = provideTestApi();
let organization: TestOrganization;
let token: string;
beforeEach(async () => {
  organization = await createTestOrganization("Settings");
  ({ token } = await createTestKey(organization));
});

const patch = (body: object, by = token) =>
  api.send("PATCH", `/v1/organizations/${organization.id}`, by, body);
const start = (keyCreators: KeyCreators) =>
  database().organization.update({ where: { id: organization.id }, data: { keyCreators } });

async function refused(by: string, body: object) {
  const before = await databaseState();
  const reply = await patch(body, by);
  expect(statusAndCode(reply)).toEqual([403, "forbidden"]);
  expect(await databaseState()).toEqual(before);
  return reply.json;
}

test("[Y2] a program reads and sets who may create keys; omitted settings stay", async () => {
  const { id } = organization;
  const before = (await api.call(`/v1/organizations/${id}`, token)).json;
  expect(before).toMatchObject({ key_creators: "OWNER" });
  expect((await patch({ key_creators: "ADMIN" })).json).toEqual({ ...before, key_creators: "ADMIN" });
  expect((await patch({ name: "Renamed" })).json).toEqual({
    ...before,
    name: "Renamed",
    key_creators: "ADMIN",
  });
  const state = await databaseState();
  expect((await patch({ name: "Renamed", key_creators: "ADMIN" })).status).toBe(200);
  expect((await databaseState()).tables.audit_entries).toBe(state.tables.audit_entries);
  expect((await patch({})).status).toBe(200);
  const entries = await database().auditEntry.findMany({
    where: { organizationId: id, action: "organization.updated" },
  });
  expect(entries.map(({ details }) => details)).toMatchObject([
    { keyCreatorsBefore: "OWNER", keyCreators: "ADMIN" },
    { nameBefore: before.name, name: "Renamed" },
  ]);
});

test("[P9] a key may widen the setting only if it holds all that this gives", async () => {
  const owner = await organization.as("OWNER");
  const content = { title: "Namer", description: "", publishable: false };
  const permissions = ["organizations:update", "keys:create", "keys:update", "keys:roll"];
  value(await createRole(owner, { roleId: "namer", ...content, permissions }));
  const poor = await createTestKey(organization, { roles: ["namer"] });
  const answer = await refused(poor.token, { name: "Renamed", key_creators: "ADMIN" });
  expect(answer.errors).toEqual([{ field: "key_creators", message: expect.stringContaining("keys:delete") }]);
  expect((await patch({ name: "Renamed" }, poor.token)).status).toBe(200);
  await start("MEMBER");
  expect((await patch({ key_creators: "OWNER" }, poor.token)).status).toBe(200);
});

test("[P9] a key with an end or limits, and a token, can only tighten the setting", async () => {
  const limited = [
    { expiresAt: new Date(Date.now() + 3_600_000) },
    { allowedAddresses: ["127.0.0.0/8"] },
    { rateLimit: { requests: 9000, seconds: 60 } },
  ];
  const callers = await Promise.all(
    limited.map(async (limits) => (await createTestKey(organization, limits)).token),
  );
  const grant = { grant_type: "client_credentials" };
  callers.push(
    (await postForm(api, "token", grant, basicOf(await createTestKey(organization)))).json.access_token,
  );
  for (const caller of callers) {
    await start("OWNER");
    await refused(caller, { key_creators: "ADMIN" });
    await start("MEMBER");
    expect((await patch({ key_creators: "ADMIN" }, caller)).json).toMatchObject({ key_creators: "ADMIN" });
  }
});

test("an ADMIN key and a demoted creator's key change nothing", async () => {
  const admin = await createTestKey(organization, { accessLevel: "ADMIN" });
  await refused(admin.token, { key_creators: "MEMBER" });
  const { OWNER } = organization.userIds;
  await database().member.updateMany({ where: { userId: OWNER }, data: { accessLevel: "ADMIN" } });
  await refused(token, { key_creators: "MEMBER" });
});
