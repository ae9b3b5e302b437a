import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { databaseState } from "@/e2e/permission-matrix/database-state";
import { basicOf, postForm } from "@/e2e/support/api/oauth-client";
import type { Reply } from "@/e2e/support/api/test-api";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import type { TestResources } from "@/e2e/support/data/test-resources";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import type { NewKey } from "@/lib/services/keys/insert-key";

const api = provideTestApi();
let organization: TestOrganization;
let ids: TestOrganization["userIds"];
let places: TestResources;
/** A key of the application, whose creator is an OWNER there. */
let key: TestKey;
let path: string;
beforeEach(async () => {
  organization = await createTestOrganization("Grants");
  await database().organization.update({ where: { id: organization.id }, data: { keyCreators: "MEMBER" } });
  ids = organization.userIds;
  places = await createTestResources(organization);
  await giveTestGrant(organization, ids.OWNER, places.application, "OWNER");
  key = await createTestKey(organization, { namespace: places.application });
  path = `/v1/apps/${places.application.id}/grants`;
});

const send = (
  method: string,
  address: string,
  body?: object,
  by: Pick<TestKey, "token"> = key,
  headers = {},
) => api.send(method, path + address, by.token, body, headers);
const give = (user_id: string, access_level: string, by = key) =>
  send("POST", "", { user_id, access_level }, by);
const to = ({ id }: TestKey, to_user_id: string) => ({ key_id: formatKeyId(id), to_user_id });
const works = async ({ token }: TestKey) => (await api.call("/v1/me", token)).status === 200;

async function refused(ask: () => Promise<Reply>, expected: readonly [number, string]): Promise<Reply> {
  const before = await databaseState();
  const reply = await ask();
  expect(statusAndCode(reply)).toEqual(expected);
  expect(await databaseState()).toEqual(before);
  return reply;
}

test("[P9] a program gives, lists, changes and takes access, and each is audited as the key's", async () => {
  const given = await give(ids.MEMBER, "MEMBER");
  expect(given.status).toBe(201);
  expect(given.json).toMatchObject({ user: { id: ids.MEMBER }, access_level: "MEMBER" });
  const first = (await send("GET", "?limit=1")).json;
  const second = (await send("GET", `?limit=1&cursor=${first.next_cursor}`)).json;
  expect([first.data[0].user.id, second.data[0]]).toEqual([ids.OWNER, given.json]);
  expect(second.next_cursor).toBeNull();
  expect((await send("GET", `/${ids.MEMBER}`)).json).toEqual(given.json);
  await refused(() => give(ids.MEMBER, "ADMIN"), [409, "conflict"]);

  const raised = await send("PATCH", `/${ids.MEMBER}`, { access_level: "ADMIN" });
  expect(raised.json).toEqual({ ...given.json, access_level: "ADMIN" });
  const state = await databaseState();
  expect((await send("PATCH", `/${ids.MEMBER}`, { access_level: "ADMIN" })).status).toBe(200);
  expect((await databaseState()).tables.audit_entries).toBe(state.tables.audit_entries);
  expect((await send("DELETE", `/${ids.MEMBER}`)).status).toBe(204);
  await refused(() => send("DELETE", `/${ids.MEMBER}`), [404, "not_found"]);
  const entries = await database().auditEntry.findMany({
    where: { actorKeyId: key.id },
    orderBy: { sequence: "asc" },
  });
  expect(entries.map(({ action }) => action)).toEqual(["grant.given", "grant.changed", "grant.taken"]);
});

test("a request sent again with its idempotency key gives access once", async () => {
  const headers = { "Idempotency-Key": randomUUID() };
  const body = { user_id: ids.MEMBER, access_level: "MEMBER" };
  const [first, second] = [
    await send("POST", "", body, key, headers),
    await send("POST", "", body, key, headers),
  ];
  expect([first.status, second.status, second.json]).toEqual([201, 201, first.json]);
});

test("a program sees which keys a loss of access ends, and keeps some", async () => {
  await giveTestGrant(organization, ids.ADMIN, places.application, "ADMIN");
  await giveTestGrant(organization, ids.MEMBER, places.application, "MEMBER");
  const theirs = {
    creator: "ADMIN",
    accessLevel: "MEMBER",
    roles: ["read_only"],
    namespace: places.application,
  } as const;
  const [kept, ended] = [
    await createTestKey(organization, theirs),
    await createTestKey(organization, theirs),
  ];
  const affected = (await send("GET", `/${ids.ADMIN}/affected-keys`)).json;
  expect(affected).toMatchObject({ total: 2, elsewhere: 0, next_cursor: null });
  expect(affected.data[0].receivers).toEqual([ids.OWNER, ids.MEMBER]);
  const transfers = [to(kept, ids.MEMBER)];
  expect((await send("POST", `/${ids.ADMIN}/remove`, { transfers })).status).toBe(204);
  expect([await works(kept), await works(ended)]).toEqual([true, false]);
});

describe("no key gives or takes access that is not below its own level", () => {
  test("an OWNER's access is neither given, changed nor taken", async () => {
    await giveTestGrant(organization, ids.ADMIN, places.application, "OWNER");
    const given = await refused(() => give(ids.MEMBER, "OWNER"), [403, "forbidden"]);
    expect(given.json.errors).toMatchObject([{ field: "access_level" }]);
    for (const userId of [ids.ADMIN, ids.OWNER]) {
      await refused(() => send("PATCH", `/${userId}`, { access_level: "MEMBER" }), [403, "forbidden"]);
      await refused(() => send("DELETE", `/${userId}`), [403, "forbidden"]);
      await refused(() => send("POST", `/${userId}/remove`, {}), [403, "forbidden"]);
    }
  });

  const poor: Record<string, Partial<NewKey>> = {
    "an ADMIN key": { accessLevel: "ADMIN" },
    "a key without users:update": { roles: ["resource_manager", "key_manager"] },
    "a public key": { type: "public", accessLevel: "MEMBER" },
  };
  test.each(Object.keys(poor))("%s gives nothing", async (name) => {
    const caller = await createTestKey(organization, { namespace: places.application, ...poor[name] });
    await refused(() => give(ids.MEMBER, "MEMBER", caller), [403, "forbidden"]);
  });

  test("a key whose creator is no longer OWNER there gives no access, even if they own the organization", async () => {
    const where = { userId: ids.OWNER, applicationId: places.application.id };
    await database().grant.updateMany({ where, data: { accessLevel: "ADMIN" } });
    await refused(() => give(ids.MEMBER, "MEMBER"), [403, "forbidden"]);
    // The person still could, and so can their key of the organization.
    const owners = await createTestKey(organization);
    expect((await give(ids.MEMBER, "ADMIN", owners)).status).toBe(201);
  });

  test("an access token for a person acts within that person's access", async () => {
    await giveTestGrant(organization, ids.ADMIN, places.application, "OWNER");
    const form = { grant_type: "client_credentials", user: ids.ADMIN };
    const { token } = { token: (await postForm(api, "token", form, basicOf(key))).json.access_token };
    const where = { userId: ids.ADMIN, applicationId: places.application.id };
    await database().grant.updateMany({ where, data: { accessLevel: "ADMIN" } });
    await refused(
      () => send("POST", "", { user_id: ids.MEMBER, access_level: "MEMBER" }, { token }),
      [403, "forbidden"],
    );
  });

  test("people of other organizations and strangers are all the same 404", async () => {
    const elsewhere = await createTestOrganization("Elsewhere");
    const answers = new Set<string>();
    for (const userId of [elsewhere.userIds.MEMBER, elsewhere.userIds.OWNER, randomUUID()]) {
      const { json } = await refused(() => give(userId, "MEMBER"), [404, "not_found"]);
      answers.add(JSON.stringify({ ...json, request_id: "" }));
    }
    expect(answers.size).toBe(1);
  });

  test("a key of the organization transfers no key of an application", async () => {
    await giveTestGrant(organization, ids.ADMIN, places.application, "ADMIN");
    const theirs = { creator: "ADMIN", accessLevel: "MEMBER", namespace: places.application } as const;
    const target = await createTestKey(organization, theirs);
    const caller = await createTestKey(organization);
    const transfers = [to(target, ids.OWNER)];
    await refused(() => send("POST", `/${ids.ADMIN}/remove`, { transfers }, caller), [409, "conflict"]);
    const affected = await send("GET", `/${ids.ADMIN}/affected-keys`, undefined, caller);
    expect(affected.json).toEqual({ data: [], next_cursor: null, total: 0, elsewhere: 1 });
  });
});

test("simultaneous changes by two keys to both levels have the answers of some serial order", async () => {
  const second = await createTestKey(organization, { namespace: places.application });
  await giveTestGrant(organization, ids.ADMIN, places.application, "ADMIN");
  const theirs = {
    creator: "ADMIN",
    accessLevel: "MEMBER",
    roles: ["read_only"],
    namespace: places.application,
  } as const;
  const target = await createTestKey(organization, theirs);
  for (let round = 0; round < 6; round++) {
    const replies = await Promise.all([
      send("DELETE", `/${ids.MEMBER}`),
      give(ids.MEMBER, "MEMBER", second),
      send("PATCH", `/${ids.MEMBER}`, { access_level: "ADMIN" }, second),
      api.send("POST", `/v1/keys/${formatKeyId(target.id)}/pause`, second.token),
      send("PATCH", `/${ids.ADMIN}`, { access_level: round % 2 === 0 ? "MEMBER" : "ADMIN" }),
    ]);
    for (const { status } of replies) expect([200, 201, 204, 404, 409]).toContain(status);
  }
});

test("a program can read what the deletion of a resource would end, and exactly that ends", async () => {
  await giveTestGrant(organization, ids.MEMBER, places.application, "MEMBER");
  await giveTestGrant(organization, ids.OWNER, places.workspace, "OWNER");
  const inside = await createTestKey(organization, { namespace: places.workspace, accessLevel: "MEMBER" });
  const owners = await createTestKey(organization);
  const address = `/v1/apps/${places.application.id}`;
  const told = (await api.call(`${address}/deletion`, owners.token)).json;
  expect(told).toEqual({ keys: 2, workspaces: 1, user_groups: 1, people: 2 });
  expect((await api.send("DELETE", address, owners.token)).status).toBe(204);
  expect([await works(key), await works(inside), await works(owners)]).toEqual([false, false, true]);
});
