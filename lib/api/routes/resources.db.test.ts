import { beforeEach, describe, expect, test, vi } from "vitest";
import { databaseState } from "@/e2e/permission-matrix/database-state";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import type { TestResources } from "@/e2e/support/data/test-resources";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { database } from "@/lib/db/client";
import { keyContext } from "@/lib/services/access/key-context";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { removeMember } from "@/lib/services/members/remove-member";
import { updateOrganization } from "@/lib/services/organizations/update-organization";
import { createResource } from "@/lib/services/resources/create-resource";
import { deleteResource } from "@/lib/services/resources/delete-resource";
import { renameResource } from "@/lib/services/resources/rename-resource";
import { authenticateToken } from "@/lib/verify/verdict/authenticate-token";

const api = provideTestApi();
let organization: TestOrganization;
let made: TestResources;
/** A key of the application, created by an ADMIN of the organization who is OWNER there. */
let key: TestKey;
beforeEach(async () => {
  organization = await createTestOrganization("Resources");
  made = await createTestResources(organization);
  await giveTestGrant(organization, organization.userIds.ADMIN, made.application, "OWNER");
  key = await createTestKey(organization, { creator: "ADMIN", namespace: made.application });
});

const send = (method: string, path: string, body?: unknown, token = key.token) =>
  api.send(method, path, token, body);
const create = (name: string) => send("POST", "/v1/workspaces", { name });

describe("the life of a workspace over the API", () => {
  test("[P12] create, read, rename, delete: the creator gets the grant, the audit log names the key", async () => {
    const { status, json } = await create("Staging");
    expect(status).toBe(201);
    expect(json).toEqual({
      id: expect.any(String),
      name: "Staging",
      organization_id: organization.id,
      application_id: made.application.id,
      created_at: expect.any(String),
    });
    const path = `/v1/workspaces/${json.id}`;
    expect((await api.call(path, key.token)).json).toEqual(json);
    // The UUID in capitals, as some databases and languages write it.
    expect(
      (await api.call(path.toUpperCase().replace("/V1/WORKSPACES", "/v1/workspaces"), key.token)).json,
    ).toEqual(json);
    expect(
      await database().grant.findMany({
        where: { workspaceId: json.id },
        select: { userId: true, accessLevel: true },
      }),
    ).toEqual([{ userId: organization.userIds.ADMIN, accessLevel: "OWNER" }]);
    expect((await send("PATCH", path, { name: "Live" })).json).toEqual({ ...json, name: "Live" });

    const inside = await createTestKey(organization, {
      creator: "ADMIN",
      namespace: { type: "workspace", id: json.id },
    });
    // Like a client that sends a Content-Type without a body.
    const deleted = await api.send("DELETE", path, key.token, undefined, {
      "Content-Type": "application/json",
    });
    expect([deleted.status, deleted.text]).toEqual([204, ""]);
    expect(statusAndCode(await api.call(path, key.token))).toEqual([404, "not_found"]);
    expect(statusAndCode(await api.call("/v1/me", inside.token))).toEqual([401, "key_revoked"]);
    const entries = await database().auditEntry.findMany({
      where: { organizationId: organization.id, actorKeyId: key.id },
      orderBy: { sequence: "asc" },
    });
    expect(entries.map(({ action, actorKind }) => `${actorKind} ${action}`)).toEqual([
      "key workspace.created",
      "key workspace.renamed",
      "key workspace.deleted",
      "key key.revoked",
    ]);
  });

  test("[P12] without EDIT for the workspace no update: the creator's grant decides at each request", async () => {
    const path = `/v1/workspaces/${made.workspace.id}`;
    const rename = () => send("PATCH", path, { name: "Renamed" });
    expect(statusAndCode(await rename())).toEqual([403, "forbidden"]);
    await giveTestGrant(organization, organization.userIds.ADMIN, made.workspace, "MEMBER");
    const before = await databaseState();
    expect(statusAndCode(await rename())).toEqual([403, "forbidden"]);
    expect(await databaseState()).toEqual(before);
    const where = { workspaceId: made.workspace.id };
    await database().grant.updateMany({ where, data: { accessLevel: "ADMIN" } });
    expect((await rename()).status).toBe(200);
    await database().grant.deleteMany({ where });
    expect(statusAndCode(await rename())).toEqual([403, "forbidden"]);
  });

  test("a name is unique in its parent, even with fifty at once, and the field says so", async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, () => create("Twice")));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    const taken = replies.filter(({ status }) => status !== 201);
    for (const reply of taken) expect(statusAndCode(reply)).toEqual([409, "conflict"]);
    expect(taken[0]?.json.errors).toMatchObject([{ field: "name" }]);
    expect(await database().workspace.count({ where: { name: "Twice", deletedAt: null } })).toBe(1);
  });

  test("[P12] fifty different ones at once are all created, each with its owner and one audit entry", async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, (_, index) => create(`Number ${index}`)));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201));
    const ids = replies.map(({ json }) => json.id);
    expect(await database().grant.count({ where: { workspaceId: { in: ids } } })).toBe(50);
    expect(await database().auditEntry.count({ where: { targetId: { in: ids } } })).toBe(50);
  });

  test("an invalid name, an unknown field and a wrong type are refused and change nothing", async () => {
    const before = await databaseState();
    for (const body of [
      {},
      { name: "" },
      { name: "   " },
      { name: "a".repeat(81) },
      { name: "a\u0000b" },
      { name: 7 },
      { name: "A", colour: "red" },
      { name: "A", application_id: "nonsense" },
      { name: "A", application_id: null },
      [],
      "name",
    ]) {
      expect(statusAndCode(await send("POST", "/v1/workspaces", body)), JSON.stringify(body)).toEqual([
        400,
        "invalid_request",
      ]);
    }
    expect(await databaseState()).toEqual(before);
  });
});

describe("an end takes precedence", () => {
  test("[L1] a request admitted before the key ended changes nothing afterwards", async () => {
    const now = new Date();
    const origin = { at: now, address: null, userAgent: null, requestId: null };
    const context = keyContext(value(await authenticateToken(key.token, now)), origin);
    const input = { type: "workspace", applicationId: made.application.id, name: "Late" } as const;
    value(await createResource(context, { ...input, name: "In time" }));
    await database().apiKeyRole.deleteMany({ where: { keyId: key.id } });
    expect(await createResource(context, input)).toMatchObject({ code: "forbidden" });
    value(await revokeKey(await organization.as("OWNER"), { keyId: key.id }));
    const before = await databaseState();
    const resource = made.application;
    for (const late of [
      await createResource(context, input),
      await renameResource(context, { resource, name: "Late" }),
      await deleteResource(context, { resource, keyTotal: null }),
      await updateOrganization(context, { name: "Late" }),
    ]) {
      expect(late).toMatchObject({ code: "key_revoked" });
    }
    const other = await createTestKey(organization, { expiresAt: new Date(now.getTime() + 60_000) });
    const expiring = keyContext(value(await authenticateToken(other.token, now)), origin);
    vi.setSystemTime(now.getTime() + 60_000);
    const ended = await createResource(expiring, { type: "application", applicationId: null, name: "Late" });
    vi.useRealTimers();
    expect(ended).toMatchObject({ code: "key_expired" });
    expect((await databaseState()).tables.workspaces).toBe(before.tables.workspaces);
  });

  test("[L1] [P6] none of fifty writes during a revocation starts after it was answered", async () => {
    const owner = await organization.as("OWNER");
    const writes = Array.from({ length: 25 }, (_, index) => create(`Before ${index}`));
    const revoked = revokeKey(owner, { keyId: key.id });
    value(await revoked);
    const after = await Promise.all(Array.from({ length: 25 }, (_, index) => create(`After ${index}`)));
    for (const reply of after) expect(statusAndCode(reply)).toEqual([401, "key_revoked"]);
    for (const reply of await Promise.all(writes)) expect([201, 401]).toContain(reply.status);
    const made = await database().workspace.count({ where: { name: { startsWith: "Before" } } });
    expect((await Promise.all(writes)).filter(({ status }) => status === 201)).toHaveLength(made);
    expect(await database().workspace.count({ where: { name: { startsWith: "After" } } })).toBe(0);
  });

  test("[B8] for a user it changes only what they may change, in the workspace itself", async () => {
    const now = new Date();
    const origin = { at: now, address: null, userAgent: null, requestId: null };
    const { ADMIN, MEMBER } = organization.userIds;
    await giveTestGrant(organization, ADMIN, made.workspace, "OWNER");
    await giveTestGrant(organization, MEMBER, made.application, "OWNER");
    const own = keyContext(value(await authenticateToken(key.token, now)), origin);
    const forUser = { ...own, actor: { ...own.actor, onBehalfOf: MEMBER } };
    const rename = (context: typeof own, name: string) =>
      renameResource(context, { resource: made.workspace, name });
    expect(await rename(forUser, "Theirs")).toMatchObject({ code: "forbidden" });
    value(await rename(own, "Its own"));
    await giveTestGrant(organization, MEMBER, made.workspace, "ADMIN");
    value(await rename(forUser, "Theirs"));
  });

  test("[Y8] [Y9] a lowered creator's key loses permissions at once, a removed one's loses all", async () => {
    const grant = { userId: organization.userIds.ADMIN, applicationId: made.application.id };
    await database().grant.updateMany({ where: grant, data: { accessLevel: "MEMBER" } });
    expect(statusAndCode(await create("Less"))).toEqual([403, "forbidden"]);
    expect((await api.call("/v1/workspaces", key.token)).json.data).toHaveLength(1);
    const owner = await organization.as("OWNER");
    value(await removeMember(owner, { userId: organization.userIds.ADMIN, transfers: [] }));
    expect(statusAndCode(await create("Nothing"))).toEqual([401, "key_revoked"]);
  });

  test("[P12] a key that deletes its own application ends with it", async () => {
    await giveTestGrant(organization, organization.userIds.ADMIN, made.workspace, "OWNER");
    await giveTestGrant(organization, organization.userIds.ADMIN, made.group, "OWNER");
    const path = `/v1/apps/${made.application.id}`;
    expect((await send("DELETE", path)).status).toBe(204);
    expect(statusAndCode(await api.call(path, key.token))).toEqual([401, "key_revoked"]);
  });
});
