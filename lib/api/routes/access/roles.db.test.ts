import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { databaseState } from "@/e2e/permission-matrix/database-state";
import { basicOf, postForm } from "@/e2e/support/api/oauth-client";
import type { Reply } from "@/e2e/support/api/test-api";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, setTestLevel, value } from "@/e2e/support/data/test-organization";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { database } from "@/lib/db/client";
import type { NewKey } from "@/lib/services/keys/insert-key";
import { createRole } from "@/lib/services/roles/create-role";

const api = provideTestApi();
let organization: TestOrganization;
let key: TestKey;
/** A key that may only manage roles and read keys. */
let poor: TestKey;
beforeEach(async () => {
  organization = await createTestOrganization("Roles");
  key = await createTestKey(organization);
  const owner = await organization.as("OWNER");
  const manager = { title: "M", description: "", publishable: false };
  const permissions = ["roles:manage", "keys:read", "invoices:read"];
  value(await createRole(owner, { roleId: "role_manager", ...manager, permissions }));
  value(await createRole(owner, { roleId: "viewer", ...manager, permissions: ["invoices:read"] }));
  poor = await createTestKey(organization, { roles: ["role_manager"] });
});

const send = (method: string, path: string, body?: object, { token } = key) =>
  api.send(method, `/v1/roles${path}`, token, body);
const stored = (roleId: string) =>
  database().role.findUnique({
    where: { organizationId_roleId: { organizationId: organization.id, roleId } },
  });

async function refused(ask: () => Promise<Reply>, expected: readonly [number, string]): Promise<Reply> {
  const before = await databaseState();
  const reply = await ask();
  expect(statusAndCode(reply)).toEqual(expected);
  expect(await databaseState()).toEqual(before);
  return reply;
}
const forbidden = [403, "forbidden"] as const;

describe("the life of a role", () => {
  test("[S5] a program creates, reads, changes and deletes one, and each is audited as the key's", async () => {
    const created = await send("POST", "", {
      id: "clerk",
      title: "  Clerk ",
      permissions: ["invoices:write", "invoices:read", "invoices:read"],
    });
    expect(created.status).toBe(201);
    const role = {
      id: "clerk",
      title: "Clerk",
      description: "",
      permissions: ["invoices:read", "invoices:write"],
      publishable: false,
      built_in: false,
      keys: 0,
    };
    expect(created.json).toEqual(role);
    expect((await send("GET", "/clerk")).json).toEqual(role);
    expect((await send("PATCH", "/clerk", { title: "Clerks" })).json).toEqual({ ...role, title: "Clerks" });
    // The same change again writes nothing.
    const before = await databaseState();
    expect((await send("PATCH", "/clerk", { title: "Clerks" })).status).toBe(200);
    expect((await databaseState()).tables.audit_entries).toBe(before.tables.audit_entries);
    expect((await send("DELETE", "/clerk")).status).toBe(204);
    expect(statusAndCode(await send("DELETE", "/clerk"))).toEqual([404, "not_found"]);
    const entries = await database().auditEntry.findMany({
      where: { actorKeyId: key.id },
      orderBy: { sequence: "asc" },
    });
    expect(entries.map(({ action }) => action)).toEqual(["role.created", "role.updated", "role.deleted"]);
  });

  test("a request sent again with its idempotency key creates one role and gets the same answer", async () => {
    const headers = { "Idempotency-Key": randomUUID() };
    const body = { id: "once", title: "Once", permissions: ["invoices:read"] };
    const create = () => api.send("POST", "/v1/roles", key.token, body, headers);
    const [first, second] = [await create(), await create()];
    expect([second.status, second.json]).toEqual([201, first.json]);
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect(await database().auditEntry.count({ where: { action: "role.created", actorKeyId: key.id } })).toBe(
      1,
    );
  });

  test("the list pages through built-in and own roles by id, and skips none", async () => {
    const ids: string[] = [];
    for (let cursor = ""; ; ) {
      const { json } = await send("GET", `?limit=3${cursor}`);
      ids.push(...json.data.map(({ id }: { id: string }) => id));
      if (json.next_cursor === null) break;
      cursor = `&cursor=${json.next_cursor}`;
    }
    expect(ids).toEqual([...ids].sort());
    expect(ids).toHaveLength(10);
    expect((await send("GET", "?built_in=false&limit=1")).json).toMatchObject({
      data: [{ id: "role_manager", keys: 1 }],
      next_cursor: "role_manager",
    });
    expect((await send("GET", "?cursor=Not%20one")).status).toBe(400);
  });

  test("faults name the fields as the API does", async () => {
    const taken = await send("POST", "", { id: "viewer", title: "V", permissions: ["invoices:read"] });
    expect([taken.status, taken.json.errors]).toMatchObject([409, [{ field: "id" }]]);
    const wrong = await send("POST", "", { id: "read_only", title: "", permissions: ["keys:everything"] });
    expect(wrong.status).toBe(400);
    expect(wrong.json.errors.map(({ field }: { field: string }) => field)).toEqual([
      "id",
      "title",
      "permissions",
    ]);
    expect((await send("PATCH", "/viewer", { id: "other" })).status).toBe(400);
    const carried = await send("DELETE", "/role_manager");
    expect(statusAndCode(carried)).toEqual([409, "conflict"]);
  });
});

describe("a key gives no permission that it lacks", () => {
  test("it creates no role with one, and adds none to a role", async () => {
    const body = { id: "more", title: "More", permissions: ["keys:create"] };
    const reply = await refused(() => send("POST", "", body, poor), forbidden);
    expect(reply.json.errors).toMatchObject([
      { field: "permissions", message: expect.stringContaining("keys:create") },
    ]);
    for (const permissions of [["invoices:read", "keys:create"], ["orders:read"]]) {
      await refused(() => send("PATCH", "/viewer", { permissions }, poor), forbidden);
    }
  });

  test("it cannot widen itself through the role that it carries", async () => {
    const permissions = ["roles:manage", "keys:read", "invoices:read", "keys:create"];
    await refused(() => send("PATCH", "/role_manager", { permissions }, poor), forbidden);
    const { json } = await api.call("/v1/me", poor.token);
    expect(json.permissions).toEqual(["invoices:read", "keys:read", "roles:manage"]);
  });

  test("it may remove permissions and rename, whichever keys carry the role", async () => {
    await createTestKey(organization, { roles: ["viewer", "role_manager"] });
    expect((await send("PATCH", "/role_manager", { permissions: ["roles:manage"] }, poor)).status).toBe(200);
    expect((await api.call("/v1/me", poor.token)).json.permissions).toEqual(["roles:manage"]);
    expect(
      (await send("PATCH", "/role_manager", { permissions: ["keys:read", "roles:manage"] }, poor)).status,
    ).toBe(403);
  });
});

describe("a change of a role is a change of each key that carries it", () => {
  const wider = { permissions: ["invoices:read", "keys:read"] };
  const inAnHour = () => new Date(Date.now() + 3_600_000);

  test("a key of a lower level gains, up to what the caller holds", async () => {
    const carrier = await createTestKey(organization, { roles: ["viewer"], accessLevel: "ADMIN" });
    const preview = await send("POST", "/viewer/preview", wider, poor);
    expect(preview.json).toMatchObject({
      live_keys: 1,
      changed_keys: 1,
      keys: [{ gains: ["keys:read"], losses: [] }],
    });
    expect((await send("PATCH", "/viewer", wider, poor)).status).toBe(200);
    expect((await api.call("/v1/me", carrier.token)).json.permissions).toEqual([
      "invoices:read",
      "keys:read",
    ]);
  });

  const limited: Record<string, () => readonly [carrier: Partial<NewKey>, caller: Partial<NewKey>]> = {
    "of the caller's own level": () => [{ accessLevel: "OWNER" }, {}],
    "that outlives the caller": () => [{}, { expiresAt: inAnHour() }],
    "without the caller's addresses": () => [{}, { allowedAddresses: ["127.0.0.0/8"] }],
    "without the caller's rate limit": () => [{}, { rateLimit: { requests: 9000, seconds: 60 } }],
  };

  test.each(Object.keys(limited))("a key %s gains nothing", async (name) => {
    const [carrier, limits] = limited[name]?.() ?? [{}, {}];
    const target = await createTestKey(organization, { roles: ["viewer"], accessLevel: "ADMIN", ...carrier });
    const caller = await createTestKey(organization, limits);
    await refused(() => send("PATCH", "/viewer", wider, caller), forbidden);
    // Without that key the same change is allowed.
    await api.send("POST", `/v1/keys/key_${target.id}/revoke`, key.token);
    expect((await send("PATCH", "/viewer", wider, caller)).status).toBe(200);
  });

  test("a key of an application gains nothing, for the caller could not change it either", async () => {
    const { application } = await createTestResources(organization);
    await giveTestGrant(organization, organization.userIds.OWNER, application, "OWNER");
    const carrier = {
      name: "Hidden",
      roles: ["viewer"],
      accessLevel: "ADMIN",
      namespace: application,
    } as const;
    await createTestKey(organization, carrier);
    const preview = await send("POST", "/viewer/preview", wider);
    expect(preview.json).toEqual({ live_keys: 1, changed_keys: 1, keys: [] });
    await refused(() => send("PATCH", "/viewer", wider), forbidden);
    expect((await send("PATCH", "/viewer", { permissions: ["invoices:list"] })).status).toBe(403);
    expect((await send("PATCH", "/viewer", { description: "Seen by nobody" })).status).toBe(200);
  });

  test("a public key gains nothing by a role that becomes publishable, unless the caller may give it", async () => {
    await createTestKey(organization, { roles: ["viewer"], type: "public" });
    const other = await createTestKey(organization, { roles: ["role_manager"], expiresAt: inAnHour() });
    await refused(() => send("PATCH", "/viewer", { publishable: true }, other), forbidden);
    expect((await send("PATCH", "/viewer", { publishable: true }, poor)).status).toBe(200);
  });

  test("an access token gives only what its scope holds, and nothing to keys that outlive it", async () => {
    await createTestKey(organization, { roles: ["viewer"], accessLevel: "ADMIN" });
    const grant = { grant_type: "client_credentials" };
    const token = (await postForm(api, "token", grant, basicOf(key))).json.access_token;
    await refused(() => send("PATCH", "/viewer", wider, { id: "", token }), forbidden);
    const own = { id: "own", title: "Own", permissions: ["orders:read"] };
    await refused(() => send("POST", "", own, { id: "", token }), forbidden);
    const listed = { id: "listed", title: "Listed", permissions: ["keys:read"] };
    expect((await send("POST", "", listed, { id: "", token })).status).toBe(201);
  });
});

describe("who the creator is now decides", () => {
  test("a key whose creator was demoted manages no roles", async () => {
    await setTestLevel(organization, organization.userIds.OWNER, "ADMIN");
    await refused(() => send("PATCH", "/viewer", { title: "X" }), forbidden);
    await refused(() => send("DELETE", "/viewer"), forbidden);
    expect(await stored("viewer")).not.toBeNull();
  });

  test("of ten simultaneous deletions and edits each leaves the role whole or gone", async () => {
    const replies = await Promise.all([
      ...Array.from({ length: 5 }, (_, n) => send("PATCH", "/viewer", { title: `Title ${n}` })),
      ...Array.from({ length: 5 }, () => send("DELETE", "/viewer")),
    ]);
    for (const { status } of replies) expect([200, 204, 404]).toContain(status);
    expect(replies.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(await stored("viewer")).toBeNull();
  });
});
