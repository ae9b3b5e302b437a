import { beforeAll, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { loadKeySnapshot, loadKeySnapshots } from "@/lib/verify/memory/key-snapshot";
import { database } from "./client";
import type { PrismaClient } from "./generated/client";

let organization: TestOrganization;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Times");
});

describe("a time in the database outside the calendar", () => {
  test.each([
    ["api_keys", "expires_at = 'infinity'"],
    ["api_keys", "revoked_at = '-infinity', revocation_reason = 'person', live_creator_id = NULL"],
    ["api_key_secrets", "ends_at = 'infinity'"],
  ])("is an error wherever it is read, and validates no key: %s, %s", async (table, set) => {
    const { id } = await createTestKey(organization, { expiresAt: new Date(Date.now() + 60_000) });
    const [own, model] =
      table === "api_keys" ? ["id", database().apiKey] : ["key_id", database().apiKeySecret];
    // The trigger against postponing an end is not tested here.
    await database().$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await database().$executeRawUnsafe(`UPDATE ${table} SET ${set} WHERE ${own} = $1`, id);
    await expect(loadKeySnapshots([id]), "the data plane").rejects.toThrow(/Not a time/);
    await expect(loadKeySnapshot(id), "a raw query").rejects.toThrow(/Not a time/);
    await expect((model as PrismaClient["apiKey"]).findMany(), "Prisma").rejects.toThrow(/Not a time/);
  });
});
