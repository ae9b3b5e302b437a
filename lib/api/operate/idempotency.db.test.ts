import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { failure, success } from "@/lib/core/result";
import { database, inTransaction } from "@/lib/db/client";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { verifyKeys } from "../routes/verify-batch";
import { operation } from "./operation";

const token = "lk_sk_once";

/** Creates like the API's operations, and returns a value that is shown once. */
const createThing = operation({
  method: "post",
  path: "/v1/things/{place}",
  operationId: "createThing",
  summary: "Create a thing",
  description: "",
  tag: "Applications",
  permission: null,
  params: z.strictObject({ place: z.string() }),
  body: z.strictObject({ name: z.string(), colour: z.string().default("red") }),
  answer: {
    status: 201,
    description: "",
    schema: z.strictObject({ id: z.uuid(), token: z.string().optional() }),
    example: { id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11" },
    once: ["token"],
  },
  handle: ({ body, context }) =>
    inTransaction(async (transaction) => {
      if (body.name === "refused") return failure("forbidden", "Not this one.");
      const organizationId = context.organization.id;
      const { id } = await transaction.application.create({ data: { organizationId, name: body.name } });
      return success({ id, token });
    }),
});

const api = provideTestApi([createThing, verifyKeys]);
let organization: TestOrganization;
let key: TestKey;
beforeAll(async () => {
  organization = await createTestOrganization("Again");
  key = await createTestKey(organization);
});

function post(body: string, idempotencyKey?: string, { path = "/v1/things/here", as = key.token } = {}) {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (idempotencyKey !== undefined) headers["Idempotency-Key"] = idempotencyKey;
  return api.call(path, as, { method: "POST", headers, body });
}
const countOf = (name: string) => database().application.count({ where: { name } });

describe("POST with an Idempotency-Key", () => {
  test("is carried out once; the replay has the same status and body, without the token", async () => {
    const again = randomUUID();
    const first = await post('{"name":"Once"}', again);
    const second = await post('{ "colour": "red", "name": "Once" }', again);
    expect([first.status, first.json]).toEqual([201, { id: expect.any(String), token }]);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    expect([second.status, second.json]).toEqual([201, { id: first.json.id }]);
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect(await countOf("Once")).toBe(1);
  });

  test("and another body, or another address, is a conflict", async () => {
    const again = randomUUID();
    await post('{"name":"One"}', again);
    const answers = [
      await post('{"name":"Two"}', again),
      await post('{"name":"One"}', again, { path: "/v1/things/there" }),
    ];
    for (const { status, json } of answers) expect([status, json.code]).toEqual([409, "conflict"]);
    expect([await countOf("One"), await countOf("Two")]).toEqual([1, 0]);
  });

  test("is a different request with another calling key", async () => {
    const again = randomUUID();
    const other = await createTestKey(await createTestOrganization("Other"));
    expect((await post('{"name":"Both"}', again)).status).toBe(201);
    expect((await post('{"name":"Both"}', again, { as: other.token })).status).toBe(201);
    expect(await countOf("Both")).toBe(2);
  });

  test("sent ten times at once is carried out once; the others are told when to retry", async () => {
    const again = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('{"name":"Crowd"}', again)));
    for (const { status, headers } of answers) {
      expect([201, 409]).toContain(status);
      if (status === 409) expect(headers.get("retry-after")).toBe("1");
    }
    expect((await post('{"name":"Crowd"}', again)).status).toBe(201);
    expect(await countOf("Crowd")).toBe(1);
  });

  test("that is refused or invalid may be sent again with the same one", async () => {
    const again = randomUUID();
    expect((await post('{"name":"refused"}', again)).status).toBe(403);
    expect((await post('{"name":7}', again)).status).toBe(400);
    expect((await post('{"name":"Better"}', again)).status).toBe(201);
  });

  test("that is invalid is 400, and does nothing", async () => {
    for (const strange of ["", "a b", "x".repeat(256), "ü"]) {
      const { status, json } = await post('{"name":"Strange"}', strange);
      expect([status, json.code]).toEqual([400, "invalid_request"]);
    }
    expect(await countOf("Strange")).toBe(0);
    expect((await post('{"name":"Longest"}', "x".repeat(255))).status).toBe(201);
  });

  test("is optional: without it each is carried out", async () => {
    await post('{"name":"Free"}');
    const { status } = await post('{"name":"Freer"}');
    expect(status).toBe(201);
    expect(await countOf("Free")).toBe(1);
  });
});

test("a POST that only reads is answered again: a revoked key is reported, whatever was answered before", async () => {
  const shown = await createTestKey(organization);
  const headers = { "Content-Type": "application/json", "Idempotency-Key": randomUUID() };
  const body = JSON.stringify({ keys: [{ key: shown.token }] });
  const ask = () => api.call("/v1/keys/verify-batch", key.token, { method: "POST", headers, body });
  expect((await ask()).json).toMatchObject({ data: [{ code: "VALID" }] });
  value(await revokeKey(await organization.as("OWNER"), { keyId: shown.id }));
  const again = await ask();
  expect(again.json).toMatchObject({ data: [{ code: "REVOKED" }] });
  expect(again.headers.get("idempotent-replayed")).toBeNull();
});
