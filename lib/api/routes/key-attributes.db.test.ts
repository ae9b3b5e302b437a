import { beforeAll, describe, expect, test } from "vitest";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";

const api = provideTestApi();
let organization: TestOrganization;
let owner: TestKey;
beforeAll(async () => {
  organization = await createTestOrganization("Attributes");
  owner = await createTestKey(organization);
});

/** Sends a body with exactly this text. */
const write = (method: string, path: string, body: string, headers: object = {}) =>
  api.call(path, owner.token, {
    method,
    body,
    headers: { "Content-Type": "application/json", ...headers },
  });
const creating = (more: string) => `{"name":"Made","access_level":"MEMBER","roles":[]${more}}`;
const create = (more: string, headers: object = {}) => write("POST", "/v1/keys", creating(more), headers);
const made = async (more: string): Promise<string> => `/v1/keys/${(await create(more)).json.id}`;
const stored = (path: string) =>
  database().apiKey.findUniqueOrThrow({
    where: { id: path.slice("/v1/keys/key_".length) },
    select: { subject: true, metadata: true, labels: true, version: true },
  });

const hard =
  '{ "b" :1.0,"2":1E5,\n\t"1":12345678901234567890,"a":"\\u00e9\\/é🔑","__proto__":{"-0":-0} ,"n":[null,{}] }';
const escaped = JSON.stringify;

describe("[L13] a key's subject, metadata and labels in the API", () => {
  test("are returned exactly as written, by every operation", async () => {
    const subject = " CUS_7 cafe\u0301";
    const first = await create(
      `,"metadata": ${hard} ,"subject":${escaped(subject)},"labels":{"team":"billing","env":"prod"}`,
    );
    expect(first.status).toBe(201);
    const path = `/v1/keys/${first.json.id}`;
    expect(await stored(path)).toMatchObject({ subject, metadata: hard });
    const others = [
      await api.call(path, owner.token),
      await api.call("/v1/keys?limit=100", owner.token),
      await write("PATCH", path, '{"description":"x"}'),
    ];
    for (const { text } of [first, ...others]) {
      expect(text).toContain(`"metadata":${hard}`);
      expect(text).toContain(`"subject":${escaped(subject)}`);
    }
    expect(first.json.labels).toEqual({ team: "billing", env: "prod" });
  });

  test("are null and an empty object if they were never given", async () => {
    const { json } = await create("");
    expect(json).toMatchObject({ subject: null, metadata: null, labels: {} });
    const nulls = await create(',"subject":null,"metadata":null,"labels":null');
    expect(nulls.json).toMatchObject({ subject: null, metadata: null, labels: {} });
  });

  test("are taken as they were written from a list of keys to import, too", async () => {
    const keys = ["a", "b"].map(
      (digit, at) =>
        `{ "metadata" : ${at === 0 ? hard : '{"2":1E2,"1":[]}'},"sha256":"${digit.repeat(64)}","name":"Old","access_level":"MEMBER","roles":[]}`,
    );
    const { json } = await write("POST", "/v1/keys/import", `{"keys":[ ${keys.join(" , ")} ] }`);
    const texts = [];
    for (const { id } of json.data) texts.push((await stored(`/v1/keys/${id}`)).metadata);
    expect(texts).toEqual([hard, '{"2":1E2,"1":[]}']);
  });

  test("change one by one, and null removes one", async () => {
    const path = await made(`,"subject":"a","metadata":{"a":1},"labels":{"a":"1"}`);
    const change = async (body: string) => (await write("PATCH", path, body)).json;
    expect(await change('{"metadata":{"a":1.0}}')).toMatchObject({ subject: "a", version: 2 });
    expect((await stored(path)).metadata).toBe('{"a":1.0}');
    expect(await change('{"subject":"b"}')).toMatchObject({ subject: "b", metadata: { a: 1 }, version: 3 });
    expect(await change('{"labels":{"b":"2"}}')).toMatchObject({ labels: { b: "2" }, version: 4 });
    expect(await change('{"subject":"","metadata":null,"labels":null}')).toMatchObject({
      subject: null,
      metadata: null,
      labels: {},
      version: 5,
    });
    expect(await change('{"metadata":null,"version":5}')).toMatchObject({ version: 5 });
    expect(statusAndCode(await write("PATCH", path, '{"metadata":{},"version":4}'))).toEqual([
      409,
      "conflict",
    ]);
  });

  test("metadata is read from the body's own member, whatever looks like it elsewhere", async () => {
    const path = await made(
      `,"description":"\\"metadata\\":{\\"x\\":1}","metad\\u0061ta":{"metadata":{"metadata":2}}`,
    );
    expect((await stored(path)).metadata).toBe('{"metadata":{"metadata":2}}');
  });

  test.each([
    ["twice in the body", ',"metadata":{},"metadata":{"a":1}', "metadata"],
    ["twice in the body, once escaped", ',"metadata":{},"metad\\u0061ta":{"a":1}', "metadata"],
    ["a name twice in metadata", ',"metadata":{"a":1,"a":2}', "metadata.a"],
    ["an array", ',"metadata":[1]', "metadata"],
    ["text", ',"metadata":"{}"', "metadata"],
    ["2,049 bytes", `,"metadata":{"a":"${"é".repeat(1020)}x"}`, "metadata"],
    ["2,049 bytes, most of them spaces", `,"metadata":{${" ".repeat(2047)}}`, "metadata"],
    ["NUL", ',"metadata":{"a":"\\u0000"}', "metadata"],
    ["half a pair", ',"metadata":{"a":"\\ud800"}', "metadata"],
    ["depth", `,"metadata":{"a":${"[".repeat(500)}${"]".repeat(500)}}`, "metadata"],
    ["a long subject", `,"subject":"${"x".repeat(201)}"`, "subject"],
    ["a subject with a line break", ',"subject":"a\\nb"', "subject"],
    ["a number as subject", ',"subject":7', "subject"],
    ["a label's value", ',"labels":{"team":7}', "labels.team"],
    ["a label's name", ',"labels":{"Team":"x"}', "labels"],
    ["a prototype as label", ',"labels":{"__proto__":"x"}', "labels"],
    ["labels as a list", ',"labels":["a"]', "labels"],
  ])("refuses %s", async (_, more, field) => {
    const count = () => database().apiKey.count({ where: { organizationId: organization.id } });
    const before = await count();
    const refused = await create(more);
    expect(statusAndCode(refused)).toEqual([400, "invalid_request"]);
    expect(refused.json.errors.map(({ field }: { field: string }) => field)).toEqual([field]);
    expect(await count()).toBe(before);
  });

  test("says how many bytes metadata has", async () => {
    const { json } = await create(`,"metadata":{"a":"${"é".repeat(1021)}"}`);
    expect(json.errors).toEqual([
      { field: "metadata", message: "Metadata has 2,050 bytes; at most 2,048 are allowed" },
    ]);
  });

  test("2,048 bytes of metadata and 200 characters of subject fit", async () => {
    const metadata = `{"a":"${"é".repeat(1020)}"}`;
    const path = await made(`,"metadata":${metadata},"subject":"${"🔑".repeat(200)}"`);
    expect(await stored(path)).toMatchObject({ metadata, subject: "🔑".repeat(200) });
  });

  test("an idempotency key belongs to the metadata as written: same numbers, other spelling is a conflict", async () => {
    const headers = { "Idempotency-Key": "attributes-1" };
    const first = await create(`,"metadata":${hard}`, headers);
    const again = await create(`,"metadata":${hard}`, headers);
    expect(first.status).toBe(201);
    expect(again.json.id).toBe(first.json.id);
    expect(again.text).toContain(`"metadata":${hard}`);
    const other = await create(`,"metadata":${hard.replace("1.0", "1.00")}`, headers);
    expect(statusAndCode(other)).toEqual([409, "conflict"]);
  });

  test("a byte order mark and spaces before the body do not move the text", async () => {
    const path = `/v1/keys/${(await write("POST", "/v1/keys", `\ufeff \n${creating(`,"metadata":${hard}`)}`)).json.id}`;
    expect((await stored(path)).metadata).toBe(hard);
  });
});
