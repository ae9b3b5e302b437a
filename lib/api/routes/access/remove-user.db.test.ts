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
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import type { NewKey } from "@/lib/services/keys/insert-key";
import { changeAccessLevel } from "@/lib/services/members/change-access-level";

const api = provideTestApi();
let organization: TestOrganization;
let key: TestKey;
let ids: TestOrganization["userIds"];
beforeEach(async () => {
  organization = await createTestOrganization("Removals");
  await database().organization.update({ where: { id: organization.id }, data: { keyCreators: "MEMBER" } });
  ids = organization.userIds;
  key = await createTestKey(organization);
});

const theirs = (over: Partial<NewKey> = {}) =>
  createTestKey(organization, { creator: "ADMIN", accessLevel: "MEMBER", roles: ["read_only"], ...over });
const to = ({ id }: TestKey, to_user_id = ids.OWNER) => ({ key_id: formatKeyId(id), to_user_id });
const remove = (transfers: object[], by = key.token, userId = ids.ADMIN) =>
  api.send("POST", `/v1/users/${userId}/remove`, by, { transfers });
const works = async ({ token }: TestKey) => (await api.call("/v1/me", token)).status === 200;

async function refused(ask: () => Promise<Reply>, expected: readonly [number, string]): Promise<Reply> {
  const before = await databaseState();
  const reply = await ask();
  expect(statusAndCode(reply)).toEqual(expected);
  expect(await databaseState()).toEqual(before);
  return reply;
}

describe("a removal with a transfer", () => {
  test("[Y8] keeps the keys that go to others, ends the rest, and is audited as the key's", async () => {
    const [kept, ended] = [await theirs(), await theirs()];
    expect((await remove([to(kept)])).status).toBe(204);
    expect([await works(kept), await works(ended)]).toEqual([true, false]);
    expect((await api.call(`/v1/keys/${formatKeyId(kept.id)}`, key.token)).json).toMatchObject({
      created_by: { id: ids.OWNER },
    });
    const entries = await database().auditEntry.findMany({
      where: { actorKeyId: key.id },
      orderBy: { sequence: "asc" },
    });
    expect(entries.map(({ action }) => action)).toEqual(["member.removed", "key.transferred", "key.revoked"]);
    expect(statusAndCode(await remove([]))).toEqual([404, "not_found"]);
  });

  test("says which key or receiver is wrong", async () => {
    const [kept, foreign] = [await theirs(), await createTestKey(organization, { creator: "OWNER" })];
    const faultOf = async (transfer: object) =>
      (await refused(() => remove([transfer]), [409, "conflict"])).json.errors;
    const field = { key: "transfers.0.key_id", receiver: "transfers.0.to_user_id" };
    for (const unknown of [foreign, { ...kept, id: "0123456789abcdef" }]) {
      expect(await faultOf(to(unknown))).toEqual([
        { field: field.key, message: "This key does not belong to them, or has ended" },
      ]);
    }
    expect(await faultOf(to(kept, ids.ADMIN))).toEqual([
      { field: field.receiver, message: "A key cannot go to the person who loses it" },
    ]);
    expect(await faultOf(to(kept, randomUUID()))).toEqual([
      { field: field.receiver, message: "This person is not a member" },
    ]);
  });

  test("sent again with its idempotency key gets the same answer", async () => {
    const kept = await theirs();
    const headers = { "Idempotency-Key": randomUUID() };
    const send = () =>
      api.send("POST", `/v1/users/${ids.ADMIN}/remove`, key.token, { transfers: [to(kept)] }, headers);
    expect([(await send()).status, (await send()).status]).toEqual([204, 204]);
    expect(await works(kept)).toBe(true);
  });

  test("a change that was already made reveals nothing about keys elsewhere", async () => {
    const { application } = await createTestResources(organization);
    await giveTestGrant(organization, ids.ADMIN, application, "OWNER");
    const [here, elsewhere] = [await theirs(), await theirs({ namespace: application })];
    const again = async (moved: TestKey) => {
      const body = { access_level: "ADMIN", transfers: [to(moved, ids.ADMIN)] };
      return (await api.send("PATCH", `/v1/users/${ids.ADMIN}`, key.token, body)).status;
    };
    expect([await again(here), await again(elsewhere)]).toEqual([200, 409]);
  });

  test("the affected keys are listed first, page by page, with who could get them", async () => {
    const { application } = await createTestResources(organization);
    await giveTestGrant(organization, ids.ADMIN, application, "OWNER");
    await theirs({ namespace: application });
    const mine = [await theirs(), await theirs({ createdAt: new Date("2026-02-01") })];
    const list = `/v1/users/${ids.ADMIN}/affected-keys?limit=1`;
    const first = (await api.call(list, key.token)).json;
    const second = (await api.call(`${list}&cursor=${first.next_cursor}`, key.token)).json;
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(
      mine.map(({ id }) => formatKeyId(id)),
    );
    expect(second).toMatchObject({ next_cursor: null, total: 2, elsewhere: 1 });
    expect(first.data[0]).toMatchObject({ receivers: [ids.OWNER, ids.MEMBER] });
    expect(first.data[0].lost).toContain("applications:read");
    const demoted = await api.call(`${list}&access_level=MEMBER`, key.token);
    expect(demoted.json).toMatchObject({ total: 0, elsewhere: 0, data: [] });
    const remover = await createTestKey(organization, { roles: ["user_manager"] });
    expect(statusAndCode(await api.call(list, remover.token))).toEqual([403, "forbidden"]);
  });

  test("a demotion transfers too, once: the same request again changes nothing", async () => {
    const kept = await theirs({ accessLevel: "ADMIN", roles: ["key_manager"] });
    const demote = (transfers: object[]) =>
      api.send("PATCH", `/v1/users/${ids.ADMIN}`, key.token, { access_level: "MEMBER", transfers });
    expect((await demote([to(kept)])).json).toMatchObject({ access_level: "MEMBER" });
    const state = await databaseState();
    expect((await demote([to(kept)])).status).toBe(200);
    expect((await databaseState()).tables.audit_entries).toBe(state.tables.audit_entries);
    // A key that was not transferred is not ignored silently.
    const other = await theirs();
    await refused(() => demote([to(other)]), [409, "conflict"]);
  });
});

describe("a transfer gives a program nothing that it lacks", () => {
  const manager = (over: Partial<NewKey> = {}) => createTestKey(organization, over);
  const inAnHour = () => new Date(Date.now() + 3_600_000);
  const limited: Record<string, () => Promise<[caller: TestKey, target: TestKey]>> = {
    "without keys:update": async () => [await manager({ roles: ["user_manager"] }), await theirs()],
    "of a key with more permissions": async () => [
      await manager({ roles: ["user_manager", "key_manager"] }),
      await theirs({ roles: ["auditor"], accessLevel: "ADMIN" }),
    ],
    "of a key above its level": async () => [await manager(), await theirs({ accessLevel: "OWNER" })],
    "of a key that outlives it": async () => [await manager({ expiresAt: inAnHour() }), await theirs()],
    "of a key without its addresses": async () => [
      await manager({ allowedAddresses: ["127.0.0.0/8"] }),
      await theirs(),
    ],
    "by an access token, of a key that outlives the token": async () => {
      const form = { grant_type: "client_credentials" };
      const { json } = await postForm(api, "token", form, basicOf(await manager()));
      return [{ id: "", token: json.access_token }, await theirs({ expiresAt: inAnHour() })];
    },
  };

  test.each(Object.keys(limited))("%s", async (name) => {
    const [caller, target] = (await limited[name]?.()) ?? [key, key];
    const reply = await refused(() => remove([to(target)], caller.token), [403, "forbidden"]);
    expect(reply.json.errors).toMatchObject([{ field: "transfers.0.key_id" }]);
    expect((await remove([], caller.token)).status).toBe(204);
    expect(await works(target)).toBe(false);
  });

  test("keys of applications, of others and unknown ones all get the same conflict", async () => {
    const { application } = await createTestResources(organization);
    await giveTestGrant(organization, ids.ADMIN, application, "OWNER");
    await giveTestGrant(organization, ids.OWNER, application, "OWNER");
    const elsewhere = await createTestOrganization("Elsewhere");
    const answers = new Set<string>();
    for (const target of [
      await theirs({ namespace: application }),
      await createTestKey(organization, { creator: "MEMBER", accessLevel: "MEMBER" }),
      await createTestKey(elsewhere),
      { id: "0000000000000000", token: "" },
    ]) {
      const { json } = await refused(() => remove([to(target)]), [409, "conflict"]);
      answers.add(JSON.stringify({ ...json, request_id: "" }));
    }
    expect(answers.size).toBe(1);
    answers.clear();
    const mine = await theirs();
    for (const userId of [elsewhere.userIds.OWNER, randomUUID()]) {
      const { json } = await refused(() => remove([to(mine, userId)]), [409, "conflict"]);
      answers.add(JSON.stringify({ ...json, request_id: "" }));
    }
    expect(answers.size).toBe(1);
  });

  test("nobody gets a key that they could not have created", async () => {
    const target = await theirs({ accessLevel: "ADMIN" });
    await refused(() => remove([to(target, ids.MEMBER)]), [403, "forbidden"]);
  });
});

test("[B1] of two last owners who are demoted at once, by a person and by programs, one stays", async () => {
  for (let round = 0; round < 8; round++) {
    await setTestLevel(organization, ids.OWNER, "OWNER");
    await setTestLevel(organization, ids.ADMIN, "OWNER");
    const owner = await organization.as("OWNER");
    await Promise.all([
      changeAccessLevel(owner, { userId: ids.ADMIN, accessLevel: "ADMIN", transfers: [] }),
      changeAccessLevel(owner, { userId: ids.OWNER, accessLevel: "ADMIN", transfers: [] }),
      remove([], key.token, ids.ADMIN),
      api.send("PATCH", `/v1/users/${ids.OWNER}`, key.token, { access_level: "MEMBER" }),
    ]);
    const where = { organizationId: organization.id, accessLevel: "OWNER" } as const;
    expect(await database().member.count({ where })).toBeGreaterThanOrEqual(1);
    const data = [{ organizationId: organization.id, userId: ids.ADMIN, accessLevel: "ADMIN" } as const];
    await database().member.createMany({ data, skipDuplicates: true });
  }
});

test("a creator who was demoted while the request was under way: the key's change is refused", async () => {
  const target = await theirs();
  const other = await createTestOrganization("Other");
  const data = {
    organizationId: organization.id,
    userId: other.userIds.OWNER,
    accessLevel: "OWNER",
  } as const;
  await database().member.create({ data });
  const demote = async () => {
    const owner = await organization.as("OWNER");
    value(await changeAccessLevel(owner, { userId: ids.OWNER, accessLevel: "MEMBER", transfers: [] }));
  };
  const [reply] = await Promise.all([remove([to(target)]), demote()]);
  const after = await remove([], key.token, ids.MEMBER);
  expect(statusAndCode(after)).toEqual([403, "forbidden"]);
  expect([204, 403]).toContain(reply.status);
});
