import { beforeAll, describe, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import { keyListInput } from "@/lib/schemas/key-list";
import { generateKey } from "./generate-key";
import { listKeys } from "./read/list-keys";
import { readKey } from "./read/read-key";
import { revokeKey } from "./revoke-key";
import { updateKey } from "./update-key";

let organization: TestOrganization;
let other: TestOrganization;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Attributes");
  other = await createTestOrganization("Other");
});

const owner = () => organization.as("OWNER");
const newKey = async (over: Partial<GenerateKeyInput> = {}) =>
  value(await generateKey(await owner(), keyInput(organization, over))).id;
const change = async (keyId: string, over: Partial<Parameters<typeof updateKey>[1]>) =>
  updateKey(await owner(), { keyId, ...over });
const attributesOf = async (keyId: string) => {
  const { subject, metadata, labels, version } = value(await readKey(await owner(), keyId));
  return { subject, metadata, labels, version };
};
const entriesOf = (keyId: string) =>
  database().auditEntry.findMany({ where: { targetId: keyId }, orderBy: { sequence: "asc" } });
const lastDetails = async (keyId: string) => (await entriesOf(keyId)).at(-1)?.details;

const subject = " CUS_7 cafe\u0301 🔑";
const metadata = '{"b":1.0,"2":0,"1":12345678901234567890,  "a":"\\u00e9\\/"}';
const labels = { team: "billing", env: "prod" };
const given = { subject, metadata, labels };

describe("[L13] a key's subject, metadata and labels", () => {
  test("are stored exactly as given, shown and recorded", async () => {
    const keyId = await newKey(given);
    expect(await attributesOf(keyId)).toEqual({ ...given, version: 1 });
    const { rows } = value(await listKeys(await owner(), keyListInput.parse({})));
    expect(rows.find(({ id }) => id === keyId)).toMatchObject(given);
    expect(await lastDetails(keyId)).toMatchObject({
      subject,
      metadata,
      labels: ["env=prod", "team=billing"],
    });
  });

  test("are empty if not given, and then the audit entry does not name them", async () => {
    const keyId = await newKey();
    expect(await attributesOf(keyId)).toEqual({ subject: null, metadata: null, labels: {}, version: 1 });
    for (const name of ["subject", "metadata", "labels"])
      expect(await lastDetails(keyId)).not.toHaveProperty(name);
  });

  test("may be as long as the database allows", async () => {
    const longest = { subject: "🔑".repeat(200), metadata: `{"a":"${"é".repeat(1020)}"}` };
    const keyId = await newKey(longest);
    expect(await attributesOf(keyId)).toMatchObject(longest);
  });

  test("change one by one, with the previous values in the entry", async () => {
    const keyId = await newKey(given);
    value(await change(keyId, { subject: "cus_8" }));
    const names = { name: "A key", nameBefore: "A key", description: "", descriptionBefore: "" };
    expect(await lastDetails(keyId)).toEqual({ ...names, subjectBefore: subject, subject: "cus_8" });
    value(await change(keyId, { metadata: '{"b":1}' }));
    expect(await lastDetails(keyId)).toEqual({ ...names, metadataBefore: metadata, metadata: '{"b":1}' });
    value(await change(keyId, { labels: { env: "test" } }));
    expect(await lastDetails(keyId)).toEqual({
      ...names,
      labelsBefore: ["env=prod", "team=billing"],
      labels: ["env=test"],
    });
    expect(await attributesOf(keyId)).toEqual({
      subject: "cus_8",
      metadata: '{"b":1}',
      labels: { env: "test" },
      version: 4,
    });
  });

  test("are cleared by null, and by an empty set of labels", async () => {
    const keyId = await newKey(given);
    value(await change(keyId, { subject: null, metadata: null, labels: {} }));
    expect(await attributesOf(keyId)).toEqual({ subject: null, metadata: null, labels: {}, version: 2 });
    expect(await lastDetails(keyId)).toMatchObject({ subject: null, metadata: null, labels: [] });
  });

  test("survive other changes; saving the same values again changes and records nothing", async () => {
    const keyId = await newKey(given);
    value(await change(keyId, { name: "Renamed" }));
    const before = await attributesOf(keyId);
    expect(before).toEqual({ ...given, version: 2 });
    value(await change(keyId, { ...given, labels: { env: "prod", team: "billing" } }));
    expect(await attributesOf(keyId)).toEqual(before);
    expect(await entriesOf(keyId)).toHaveLength(2);
  });

  test("metadata that only differs in spelling is a change", async () => {
    const keyId = await newKey({ metadata: '{"a":1}' });
    value(await change(keyId, { metadata: '{"a":1.0}' }));
    expect(await attributesOf(keyId)).toMatchObject({ metadata: '{"a":1.0}', version: 2 });
  });

  test("labels that only differ in a separator are a change", async () => {
    const keyId = await newKey({ labels: { a: "1,b=2" } });
    value(await change(keyId, { labels: { a: "1", b: "2" } }));
    expect(await attributesOf(keyId)).toMatchObject({ labels: { a: "1", b: "2" }, version: 2 });
  });

  test("a change based on an old version is a conflict that names the current ones", async () => {
    const keyId = await newKey(given);
    value(await change(keyId, { subject: "cus_8", version: 1 }));
    expect(await change(keyId, { subject: "cus_9", version: 1 })).toMatchObject({
      code: "conflict",
      current: { version: 2, subject: "cus_8", metadata, labels },
    });
  });

  test("of two changes at once based on one version, one is a conflict", async () => {
    const keyId = await newKey(given);
    const both = await Promise.all(["a", "b"].map((subject) => change(keyId, { subject, version: 1 })));
    expect(both.map((result) => (result.ok ? "ok" : result.code)).sort()).toEqual(["conflict", "ok"]);
    expect((await attributesOf(keyId)).version).toBe(2);
    expect(await entriesOf(keyId)).toHaveLength(2);
  });

  test("of another organization's key, or a revoked one, stay as they are", async () => {
    const keyId = await newKey(given);
    const stranger = await other.as("OWNER");
    expect(await updateKey(stranger, { keyId, subject: "mine" })).toMatchObject({ code: "not_found" });
    value(await revokeKey(await owner(), { keyId }));
    expect(await change(keyId, { subject: "late" })).toMatchObject({ code: "conflict" });
    expect(await attributesOf(keyId)).toMatchObject(given);
  });

  test("several keys share a subject, and a search finds them by a part of it", async () => {
    const shared = { subject: "acct_Shared_42" };
    const ids = [await newKey(shared), await newKey(shared)];
    const found = value(await listKeys(await owner(), keyListInput.parse({ search: "SHARED_4" })));
    expect(found.rows.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(
      value(await listKeys(await other.as("OWNER"), keyListInput.parse({ search: "shared_4" }))).rows,
    ).toEqual([]);
  });
});
