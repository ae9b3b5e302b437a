import { beforeAll, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, type TestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { keyListDefaults } from "@/lib/core/keys/key-list-settings";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { SearchTooLong, searchedRow } from "./gather-keys";
import { keySearch, meets } from "./key-search";
import { listKeys } from "./list-keys";

let organization: TestOrganization;
provideTestDatabase();
const names = [
  "生产密钥 main",
  "钥密 reversed",
  "Ключ продакшн",
  "Clé de paie",
  "İstanbul",
  "a-b",
  "100 %%% sure",
  "plain",
];
beforeAll(async () => {
  organization = await createTestOrganization("Letters");
  for (const name of names) await createTestKey(organization, { name });
  const elsewhere = await createTestOrganization("Elsewhere");
  await createTestKey(elsewhere, { name: "生产密钥 elsewhere" });
});

const found = async (search: string) => {
  const page = value(await listKeys(await organization.as("OWNER"), { ...keyListDefaults, search }));
  return page.rows.map(({ name }) => name).sort();
};

test.each([
  ["密", ["生产密钥 main", "钥密 reversed"]],
  ["密钥", ["生产密钥 main"]],
  ["产密钥", ["生产密钥 main"]],
  ["钥 m", ["生产密钥 main"]],
  ["КЛЮЧ", ["Ключ продакшн"]],
  ["ю", ["Ключ продакшн"]],
  ["é", ["Clé de paie"]],
  ["É D", ["Clé de paie"]],
  ["ключ é", []],
  ["龍", []],
  ["%%%", ["100 %%% sure"]],
])("a search for %s finds what contains it, in this organization", async (search, expected) => {
  expect(await found(search)).toEqual([...expected].sort());
});

test("İ and the Kelvin sign are searched for as what they become in lower case", async () => {
  expect(await found("İst")).toEqual(["İstanbul"]);
  expect(await found("\u212a")).toContain("Default API Key");
});

test("one letter beyond ASCII is found by its index", async () => {
  const which = meets(await keySearch(organization.id, "密"));
  const plan = await database().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)`;
    return transaction.$queryRaw<Record<string, string>[]>`EXPLAIN SELECT 1 FROM api_keys k WHERE ${which}`;
  });
  expect(JSON.stringify(plan)).toContain("api_keys_search_letters");
});

test("a search that takes too long is given up, and its connection is as before", async ({ skip }) => {
  const [limit] = await database().$queryRaw<
    { now: string }[]
  >`SELECT current_setting('statement_timeout') AS now`;
  skip(limit?.now === "0", "the embedded database has no such limit");
  const sleeps = Prisma.sql`SELECT true AS slept FROM pg_sleep(600)`;
  await expect(searchedRow(sleeps, { search: "%%%" }, 20)).rejects.toThrow(SearchTooLong);
  const after = await Promise.all(
    Array.from(
      { length: 10 },
      () => database().$queryRaw`SELECT current_setting('statement_timeout') AS now`,
    ),
  );
  expect(after).toEqual(Array.from({ length: 10 }, () => [limit]));
  expect(await searchedRow(Prisma.sql`SELECT 1 AS one`, { search: "%%%" })).toEqual({ one: 1 });
});
