import { afterAll, afterEach, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { databaseUrl } from "@/e2e/support/database/installation";
import { dropMadeDatabases, makeDatabase, openAt } from "@/e2e/support/database/made-database";
import { keyListDefaults } from "@/lib/core/keys/key-list-settings";
import { listKeys } from "@/lib/services/keys/read/list-keys";
import { closeDatabase } from "./client";

const names = ["Äpfel", "apfel", "Zebra", "ÉCOLE", "_x", "Апи"];
const capital = "searches distinguish É from é";

async function finder(): Promise<(search: string) => Promise<readonly string[]>> {
  const organization = await createTestOrganization("Collation");
  for (const name of names) await createTestKey(organization, { name });
  const sorted = {
    ...keyListDefaults,
    status: "all",
    sort: "name",
    direction: "asc",
    page: 1,
    pageSize: 10,
  } as const;
  return async (search) => {
    const { rows } = value(await listKeys(await organization.as("OWNER"), { ...sorted, search }));
    return rows.map(({ name }) => name);
  };
}

describe.runIf(process.env.LATCHKEY_TEST_DATABASE === "postgres")("a database of another collation", () => {
  afterEach(() => closeDatabase());
  afterAll(() => dropMadeDatabases());

  test("of ICU lists, sorts and finds keys", async () => {
    const how = "LOCALE_PROVIDER icu ICU_LOCALE 'de' LOCALE 'C' TEMPLATE template0";
    const warnings = await openAt(databaseUrl(await makeDatabase(how)));
    expect(warnings).not.toContainEqual(expect.stringContaining(capital));
    const find = await finder();
    expect(await find("")).toEqual(["_x", "apfel", "Äpfel", "Default API Key", "ÉCOLE", "Zebra", "Апи"]);
    expect(await find("äPFEL")).toEqual(["Äpfel"]);
    expect(await find("école")).toEqual(["ÉCOLE"]);
    expect(await find("АПИ")).toEqual(["Апи"]);
    expect(await find("ZEBR")).toEqual(["Zebra"]);
  });

  test("that only knows ASCII letters says what searches miss, and lists and finds the rest", async () => {
    const warnings = await openAt(databaseUrl(await makeDatabase("LOCALE 'C' TEMPLATE template0")));
    expect(warnings).toContainEqual(expect.stringContaining(capital));
    const find = await finder();
    expect(await find("")).toEqual(["Default API Key", "Zebra", "_x", "apfel", "Äpfel", "ÉCOLE", "Апи"]);
    expect([await find("ZEBR"), await find("ÉCOLE"), await find("école")]).toEqual([
      ["Zebra"],
      ["ÉCOLE"],
      [],
    ]);
  });
});
