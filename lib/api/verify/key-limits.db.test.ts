import { beforeEach, describe, expect, test } from "vitest";
import { databaseState } from "@/e2e/permission-matrix/database-state";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";

const api = provideTestApi();
let organization: TestOrganization;
let owner: TestKey;
beforeEach(async () => {
  organization = await createTestOrganization("Limits");
  owner = await createTestKey(organization);
});

const send = (method: string, path: string, body: unknown, { token } = owner) =>
  api.send(method, path, token, body);
const create = (over: object, caller = owner) =>
  send("POST", "/v1/keys", { name: "Made", access_level: "MEMBER", roles: ["read_only"], ...over }, caller);
const pathOf = ({ id }: TestKey) => `/v1/keys/${formatKeyId(id)}`;
const trailOf = (targetId: string) =>
  database().auditEntry.findMany({ where: { targetId }, orderBy: { sequence: "asc" } });

describe("[L12] the limits of a key", () => {
  test("are set at creation, normalized, and shown", async () => {
    const rate_limit = { requests: 100, seconds: 60 };
    const allowed_addresses = ["198.51.100.7", "2001:DB8::/32", "::ffff:203.0.113.0/120", "198.51.100.7/32"];
    const { status, json } = await create({ allowed_addresses, rate_limit });
    expect(status).toBe(201);
    const stored = ["198.51.100.7/32", "2001:db8::/32", "203.0.113.0/24"];
    expect(json).toMatchObject({ allowed_addresses: stored, rate_limit });
    const shown = await api.call(`/v1/keys/${json.id}`, owner.token);
    expect(shown.json).toMatchObject({ allowed_addresses: stored, rate_limit });
    expect((await trailOf(json.id.slice(4)))[0]?.details).toMatchObject({
      allowedAddresses: stored,
      rateLimitRequests: 100,
      rateLimitSeconds: 60,
    });
    const free = await create({});
    expect(free.json).toMatchObject({ allowed_addresses: [], rate_limit: null });
  });

  test("are changed one by one, omitted ones stay, and the audit log has before and after", async () => {
    const { json } = await create({
      allowed_addresses: ["10.0.0.0/8"],
      rate_limit: { requests: 5, seconds: 1 },
    });
    const change = async (body: object) => (await send("PATCH", `/v1/keys/${json.id}`, body)).json;
    const { sequence } = await database().verdictChangeHead.findFirstOrThrow();
    expect(await change({ name: "Renamed" })).toMatchObject({
      allowed_addresses: ["10.0.0.0/8"],
      rate_limit: { requests: 5, seconds: 1 },
    });
    expect(await change({ allowed_addresses: ["11.0.0.0/8"] })).toMatchObject({
      allowed_addresses: ["11.0.0.0/8"],
      rate_limit: { requests: 5, seconds: 1 },
    });
    expect(await change({ rate_limit: null })).toMatchObject({
      allowed_addresses: ["11.0.0.0/8"],
      rate_limit: null,
    });
    expect(await change({ allowed_addresses: [] })).toMatchObject({
      allowed_addresses: [],
      rate_limit: null,
    });
    // Each change was announced to the nodes that cache the key.
    const after = await database().verdictChangeHead.findFirstOrThrow();
    expect(after.sequence - sequence).toBe(4n);
    expect((await trailOf(json.id.slice(4))).map(({ details }) => details).slice(2)).toMatchObject([
      { allowedAddressesBefore: ["10.0.0.0/8"], allowedAddresses: ["11.0.0.0/8"] },
      {
        rateLimitRequestsBefore: 5,
        rateLimitSecondsBefore: 1,
        rateLimitRequests: null,
        rateLimitSeconds: null,
      },
      { allowedAddressesBefore: ["11.0.0.0/8"], allowedAddresses: [] },
    ]);
  });

  test.each<[object, string]>([
    [{ allowed_addresses: ["10.0.0.0/8", "10.0.0.1/8"] }, "allowed_addresses.1"],
    [{ allowed_addresses: ["everywhere"] }, "allowed_addresses.0"],
    [{ allowed_addresses: "10.0.0.0/8" }, "allowed_addresses"],
    [{ allowed_addresses: null }, "allowed_addresses"],
    [
      { allowed_addresses: Array.from({ length: 101 }, (_, index) => `10.0.0.${index}`) },
      "allowed_addresses",
    ],
    [{ rate_limit: { requests: 0, seconds: 60 } }, "rate_limit.requests"],
    [{ rate_limit: { requests: 1.5, seconds: 60 } }, "rate_limit.requests"],
    [{ rate_limit: { requests: 1_000_001, seconds: 60 } }, "rate_limit.requests"],
    [{ rate_limit: { requests: 1, seconds: 0 } }, "rate_limit.seconds"],
    [{ rate_limit: { requests: 1, seconds: 2_592_001 } }, "rate_limit.seconds"],
    [{ rate_limit: { requests: 1 } }, "rate_limit.seconds"],
    [{ rate_limit: { requests: 1, seconds: 1, burst: 9 } }, "rate_limit.burst"],
    [{ allowed_ips: [] }, "allowed_ips"],
  ])("that are invalid are refused: %j", async (limits, field) => {
    const before = await databaseState();
    const replies = [await create(limits), await send("PATCH", pathOf(owner), limits)];
    for (const reply of replies) {
      expect(statusAndCode(reply)).toEqual([400, "invalid_request"]);
      expect(reply.json.errors).toMatchObject([{ field }]);
    }
    expect(await databaseState()).toEqual(before);
  });

  test("that are invalid are refused by the database too", async () => {
    const limit = (data: object) => database().apiKey.update({ where: { id: owner.id }, data });
    for (const wrong of [
      { allowedAddresses: ["10.0.0.1/8"] },
      { allowedAddresses: ["everywhere"] },
      { rateLimitRequests: 1 },
      { rateLimitRequests: 0, rateLimitSeconds: 60 },
      { rateLimitRequests: 1, rateLimitSeconds: 2_592_001 },
    ]) {
      await expect(limit(wrong)).rejects.toThrow();
    }
  });
});

describe("[P9] a key with allowed addresses", () => {
  // The tests send from 127.0.0.1.
  const own = ["127.0.0.0/8", "10.0.0.0/8"];

  test("creates keys with the same restriction, by default with all its addresses", async () => {
    const caller = await createTestKey(organization, { allowedAddresses: own });
    expect((await create({}, caller)).json.allowed_addresses).toEqual(own);
    const narrower = ["10.1.0.0/16", "127.0.0.1/32"];
    expect((await create({ allowed_addresses: narrower }, caller)).json.allowed_addresses).toEqual(narrower);
    const before = await databaseState();
    for (const allowed_addresses of [[], ["10.0.0.0/7"], ["10.1.0.0/16", "::/0"]]) {
      const reply = await create({ allowed_addresses }, caller);
      expect(statusAndCode(reply)).toEqual([403, "forbidden"]);
      expect(reply.json.errors).toMatchObject([{ field: "allowed_addresses" }]);
    }
    expect(await databaseState()).toEqual(before);
  });

  test("does not widen another key", async () => {
    const caller = await createTestKey(organization, { allowedAddresses: own });
    const target = await createTestKey(organization, {
      accessLevel: "MEMBER",
      allowedAddresses: ["10.1.0.0/16"],
    });
    const change = (body: object) => send("PATCH", pathOf(target), body, caller);
    const before = await databaseState();
    for (const allowed_addresses of [[], ["0.0.0.0/0"]]) {
      expect(statusAndCode(await change({ allowed_addresses }))).toEqual([403, "forbidden"]);
    }
    expect(await databaseState()).toEqual(before);
    expect((await change({ allowed_addresses: ["10.0.0.0/8"] })).status).toBe(200);
    expect((await change({ name: "Renamed" })).status).toBe(200);
  });
});
