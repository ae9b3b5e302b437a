import { beforeAll, expect, test } from "vitest";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";

const api = provideTestApi();
let organization: TestOrganization;
let manager: TestKey;
beforeAll(async () => {
  organization = await createTestOrganization("Bodies");
  manager = await createTestKey(organization);
});

const json = { "Content-Type": "application/json" };
const ask = (method: string, path: string, headers: Record<string, string>, body?: string) =>
  api.call(path, manager.token, { method, headers, ...(body === undefined ? {} : { body }) });

async function pathTo(act: string): Promise<string> {
  const { id } = await createTestKey(organization, { accessLevel: "MEMBER" });
  return `/v1/keys/${formatKeyId(id)}${act}`;
}

test.each(["/pause", "/resume", "/end-grace", "/revoke"])(
  "POST …%s needs no body, whatever type is named",
  async (act) => {
    for (const headers of [{}, json, { "Content-Type": "application/x-www-form-urlencoded" }]) {
      expect((await ask("POST", await pathTo(act), headers)).status).toBe(200);
    }
    expect((await ask("POST", await pathTo(act), json, "{}")).status).toBe(200);
  },
);

test.each([
  ["POST", "/pause"],
  ["POST", "/revoke"],
  ["DELETE", ""],
])("%s …%s takes no body: one that says something is refused, and nothing happens", async (method, act) => {
  const path = await pathTo(act);
  for (const [type, body, status, code] of [
    ["application/json", '{"x":1}', 400, "invalid_request"],
    ["application/json", "{", 400, "invalid_request"],
    ["application/json", "null", 400, "invalid_request"],
    ["application/json", "[]", 400, "invalid_request"],
    ["text/plain", "{}", 415, "unsupported_media_type"],
    ["application/json", `{"x":"${"x".repeat(70_000)}"}`, 413, "too_large"],
  ] as const) {
    expect(statusAndCode(await ask(method, path, { "Content-Type": type }, body))).toEqual([status, code]);
  }
  const { json: refused } = await ask(method, path, json, '{"reason":1}');
  expect(refused).toMatchObject({
    detail: "One or more fields are invalid; see errors.",
    errors: [{ field: "reason", message: "This field is unknown" }],
  });
  const key = path.slice(0, path.length - act.length);
  expect((await api.call(key, manager.token)).json).toMatchObject({ status: "active", version: 1 });
});

test("an empty body where fields are required is refused", async () => {
  for (const headers of [{}, json]) {
    expect([400, 415]).toContain((await ask("POST", "/v1/keys", headers)).status);
  }
});

test("a repeated field is named in the error, but never a name that could be a token", async () => {
  const twice = async (body: string) => (await ask("POST", "/v1/keys", json, body)).json.errors;
  const message = "This field appears more than once in its object";
  expect(await twice('{"name":"a","metadata":{"plan":{"a":1},"list":[0,{"b":1,"b":2}]}}')).toEqual([
    { field: "metadata.list.1.b", message },
  ]);
  expect(await twice(`{"${manager.token}":1,"${manager.token}":2}`)).toEqual([{ field: "?", message }]);
  const deep = `${'{"a":'.repeat(5000)}{"b":1,"b":2}${"}".repeat(5000)}`;
  expect((await twice(deep))[0].field).toBe(Array(10).fill("a").join("."));
});

test("an unknown query parameter is reported as such, and a field that cannot be changed says so", async () => {
  const { json: listed } = await api.call("/v1/keys?page=2&status=ACTIVE", manager.token);
  expect(listed).toMatchObject({ detail: "One or more query parameters are invalid; see errors." });
  expect(listed.errors).toContainEqual({ field: "page", message: "This query parameter is unknown" });
  expect(JSON.stringify(listed.errors)).not.toMatch(/Invalid|expected/);
  const path = await pathTo("");
  const { json: changed } = await ask("PATCH", path, json, '{"expires_at":null,"colour":1}');
  expect(changed.errors).toEqual([
    { field: "expires_at", message: "An expiry cannot be changed. Create a new key." },
    { field: "colour", message: "This field is unknown" },
  ]);
});
