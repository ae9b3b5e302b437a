import { beforeEach, describe, expect, test } from "vitest";
import type { Reply } from "@/e2e/support/api/test-api";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { changeAccessLevel } from "@/lib/services/members/change-access-level";

const api = provideTestApi();
let organization: TestOrganization;
let key: TestKey;
beforeEach(async () => {
  organization = await createTestOrganization("Audited");
  key = await createTestKey(organization);
});

type Listed = { sequence: number; action: string; at: string; hash: string };
const list = (query = "", { token } = key) => api.call(`/v1/audit-events${query}`, token);
const sequences = async (query: string) => (await list(query)).json.data.map((row: Listed) => row.sequence);

/** A change that leaves one entry. */
async function rename(name: string, keyId = key.id): Promise<void> {
  value(await updateKey(await organization.as("OWNER"), { keyId, name, description: "" }));
}

describe("the list of audit events", () => {
  test("[L7] matches the audit log, newest first", async () => {
    const victim = await createTestKey(organization, { name: "Victim", accessLevel: "MEMBER" });
    value(await revokeKey(await organization.as("ADMIN"), { keyId: victim.id }));
    const { json } = await list();
    expect(json.data.map(({ sequence, action }: Listed) => [sequence, action])).toEqual([
      [3, "key.revoked"],
      [2, "key.generated"],
      [1, "organization.created"],
    ]);
    const [stored] = await database().auditEntry.findMany({
      where: { organizationId: organization.id, sequence: 3 },
    });
    expect(json.data[0]).toEqual({
      id: stored?.id,
      sequence: 3,
      at: stored?.at.toISOString(),
      action: "key.revoked",
      actor: { type: "user", id: organization.userIds.ADMIN, name: "ADMIN of Audited" },
      on_behalf_of: null,
      target: { type: "key", id: formatKeyId(victim.id), name: "Victim" },
      details: { reason: "person" },
      address: "203.0.113.7",
      user_agent: "test",
      request_id: null,
      hash: Buffer.from(stored?.hash ?? []).toString("hex"),
    });
    expect(json.data[1]).toMatchObject({
      actor: { type: "system", id: null },
      details: { type: "public", access_level: "MEMBER" },
    });
  });

  test("[L7] neither misses nor repeats entries from page to page while it grows", async () => {
    for (const name of ["one", "two", "three", "four", "five"]) await rename(name);
    const seen: number[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { json }: Reply = await list(`?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
      seen.push(...json.data.map(({ sequence }: Listed) => sequence));
      cursor = json.next_cursor;
      await rename(`while reading ${seen.length}`);
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  test("[L7] is filtered by action, actor, target, address and time, and by several at once", async () => {
    const other = await createTestKey(organization);
    await rename("one");
    await rename("two", other.id);
    const sent = { method: "POST", headers: { "Content-Type": "application/json" } };
    expect((await api.call(`/v1/keys/${formatKeyId(other.id)}/revoke`, key.token, sent)).status).toBe(200);
    const userId = organization.userIds.MEMBER;
    const change = { userId, accessLevel: "ADMIN" as const, transfers: [] };
    value(await changeAccessLevel(await organization.as("OWNER"), change));

    expect(await sequences("?action=key.updated")).toEqual([4, 3]);
    expect(await sequences(`?actor=${formatKeyId(key.id)}`)).toEqual([5]);
    expect(await sequences(`?actor=${organization.userIds.OWNER.toUpperCase()}`)).toEqual([6, 4, 3]);
    expect(await sequences(`?actor=${organization.userIds.ADMIN}`)).toEqual([]);
    expect(await sequences(`?target=${formatKeyId(other.id)}`)).toEqual([5, 4]);
    expect(await sequences(`?target=${userId}`)).toEqual([6]);
    expect(await sequences(`?target=${organization.id}`)).toEqual([1]);
    expect(await sequences("?address=203.0.113.7")).toEqual([6, 4, 3]);
    expect(await sequences("?address=2001:db8::1")).toEqual([]);
    expect(await sequences(`?target=${formatKeyId(other.id)}&action=key.updated`)).toEqual([4]);
    expect(await sequences(`?actor=${organization.userIds.OWNER}&limit=1`)).toEqual([6]);

    const { data } = (await list()).json;
    const third = data.find(({ sequence }: Listed) => sequence === 3).at;
    const later = (at: string, ms: number) => encodeURIComponent(new Date(Date.parse(at) + ms).toISOString());
    expect(await sequences(`?from=${later(third, 0)}&action=key.updated`)).toContain(3);
    expect(await sequences(`?from=${later(third, 1)}`)).not.toContain(3);
    expect(await sequences(`?to=${later(third, 0)}`)).toEqual([2, 1]);
    expect(await sequences(`?to=${later(third, 1)}`)).toContain(3);
    expect(await sequences("?to=2026-01-01T00:00:00%2B02:00")).toEqual([]);
  });

  test("[P3] shows no entries of another organization, and needs a key of the organization itself", async () => {
    const theirs = await createTestOrganization("Theirs");
    const theirKey = await createTestKey(theirs);
    const { id: applicationId } = await database().application.create({
      data: { organizationId: organization.id, name: "Shop" },
    });
    await database().grant.create({
      data: {
        organizationId: organization.id,
        userId: organization.userIds.OWNER,
        applicationId,
        accessLevel: "OWNER",
      },
    });
    await rename("ours");
    const listed = (await list("", theirKey)).json.data;
    expect(listed.map(({ action }: Listed) => action)).toEqual(["key.generated", "organization.created"]);
    for (const query of [`?target=${formatKeyId(key.id)}`, `?actor=${organization.userIds.OWNER}`]) {
      expect((await list(query, theirKey)).json).toEqual({ data: [], next_cursor: null });
    }
    const namespace = { type: "application", id: applicationId } as const;
    const inShop = await createTestKey(organization, { namespace });
    expect(statusAndCode(await list("", inShop))).toEqual([403, "forbidden"]);
  });

  test("[Y9] needs audit:read, which is lost with the creator's level", async () => {
    const admin = await createTestKey(organization, { accessLevel: "ADMIN", creator: "ADMIN" });
    expect((await list("", admin)).status).toBe(200);
    const data = { accessLevel: "MEMBER" } as const;
    await database().member.updateMany({ where: { userId: organization.userIds.ADMIN }, data });
    expect(statusAndCode(await list("", admin))).toEqual([403, "forbidden"]);
    const auditor = await createTestKey(organization, { roles: ["auditor"] });
    expect((await list("", auditor)).status).toBe(200);
    const member = await createTestKey(organization, { accessLevel: "MEMBER" });
    expect(statusAndCode(await list("", member))).toEqual([403, "forbidden"]);
  });

  test("a time with a bare + is refused with a hint to %2B, and lower-case letters are accepted", async () => {
    const { status, json } = await list("?from=2026-01-01T00:00:00+01:00");
    expect([status, json.errors]).toEqual([
      400,
      [{ field: "from", message: expect.stringContaining("%2B") }],
    ]);
    for (const from of ["2026-01-01T00:00:00%2B01:00", "2026-01-01t00:00:00z"]) {
      expect((await list(`?from=${from}`)).status).toBe(200);
    }
  });

  test.each([
    "?action=key.exploded",
    "?cursor=0",
    "?cursor=zzzzzz",
    "?cursor=mhz1_01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11",
    "?actor=ana",
    "?address=203.0.113",
    "?target=key_short",
    "?from=yesterday",
    "?from=0000-01-01T00:00:00Z",
    "?to=9999-12-31T23:59:59.999-23:59",
    "?limit=101",
    "?colour=red",
    "?action=key.updated&action=key.revoked",
  ])("%s is refused", async (query) => {
    expect(statusAndCode(await list(query))).toEqual([400, "invalid_request"]);
  });
});
