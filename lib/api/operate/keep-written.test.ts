import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { JsonText } from "@/lib/core/json/json-text";
import { writtenJson } from "@/lib/schemas/fields/written-json";
import { keepWritten } from "./keep-written";

const text = writtenJson.transform((json) => json.text);
const schema = z
  .strictObject({
    name: z.string(),
    metadata: text.nullable().optional().meta({ description: "As written" }),
    keys: z.array(z.strictObject({ metadata: text.optional() })).default([]),
  })
  .refine(() => true);
const read = (body: string) => schema.safeParse(keepWritten(schema, JSON.parse(body), body));

test("[L13] takes the written text of what the schema wants verbatim, at every depth", () => {
  const body =
    '{"keys" : [ {"metadata":{ "2":1.0,"1":[] }}, {}, {"metadata":-0 } ],"name":"{","metadata":{"metadata":1E2}}';
  expect(read(body).data).toEqual({
    name: "{",
    metadata: '{"metadata":1E2}',
    keys: [{ metadata: '{ "2":1.0,"1":[] }' }, {}, { metadata: "-0" }],
  });
  expect(read('{"name":"a","metadata":null}').data).toEqual({ name: "a", metadata: null, keys: [] });
});

test("leaves values that do not fit the schema to the schema", () => {
  for (const body of ["[]", "null", '"{"', "7", "{}", '{"name":"a","keys":{}}', '{"name":"a","keys":[[]]}']) {
    expect(read(body).success).toBe(false);
    expect(keepWritten(schema, JSON.parse(body), body)).toEqual(JSON.parse(body));
  }
  const unknown = '{"name":"a","__proto__":{"metadata":1},"constructor":1}';
  expect(read(unknown).error?.issues).toMatchObject([{ keys: ["__proto__", "constructor"] }]);
});

test("changes no body if the schema wants nothing verbatim", () => {
  const plain = z.strictObject({ metadata: z.unknown() });
  const body = { metadata: { a: 1 } };
  expect(keepWritten(plain, body, JSON.stringify(body))).toBe(body);
});

test("[L13] the text replaces the value, whatever surrounds it", () => {
  const space = fc.constantFrom(undefined, 1, "\t");
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.jsonValue(),
      space,
      (around, metadata, indent) => {
        fc.pre(metadata !== null);
        const others = Object.fromEntries(Object.keys(around).map((name) => [name, z.unknown()]));
        const wanted = z.object({ ...others, metadata: text });
        const body = JSON.stringify({ ...around, metadata }, null, indent);
        const kept = keepWritten(wanted, JSON.parse(body), body) as { metadata: JsonText };
        expect(kept.metadata).toBeInstanceOf(JsonText);
        expect(body).toContain(kept.metadata.text);
        expect(JSON.parse(kept.metadata.text)).toEqual(JSON.parse(body).metadata);
        expect({ ...kept, metadata: null }).toEqual({ ...JSON.parse(body), metadata: null });
      },
    ),
  );
});

test("a hostile body is read quickly, and invalid values are left to the schema", () => {
  const deep = `{"name":"a","keys":[],"metadata":${"[".repeat(30_000)}${"]".repeat(30_000)}}`;
  const kept = keepWritten(schema, JSON.parse(deep), deep) as { metadata: JsonText };
  expect(kept.metadata.text).toHaveLength(60_000);
  const many = `{"keys":[${"{},".repeat(300_000)}{}],"name":"a"}`;
  const names = `{${Array.from({ length: 60_000 }, (_, at) => `"n${at}":1`).join()},"metadata":1.0}`;
  for (const body of [many, names]) {
    const value = JSON.parse(body);
    const begun = performance.now();
    const kept = keepWritten(schema, value, body);
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(JSON.stringify(kept)).toBe(JSON.stringify(value));
  }
  expect(read(names).success).toBe(false);
});
