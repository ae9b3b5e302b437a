import { beforeAll, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { saveKeyView } from "./change-key-views";
import { listKeyViews } from "./list-key-views";

let organization: TestOrganization;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Views");
});

test("[B2] a person's view is private, even in the audit log", async () => {
  const context = await organization.as("MEMBER");
  value(await saveKeyView(context, { name: "Mine", query: "subject=cus_private" }));
  expect(await listKeyViews(context)).toMatchObject([{ name: "Mine", query: "subject=cus_private" }]);
  expect(await listKeyViews(await organization.as("OWNER"))).toEqual([]);
  const entries = await database().auditEntry.findMany({ where: { organizationId: organization.id } });
  expect(entries.map(({ action }) => action)).toContain("key_view.saved");
  expect(JSON.stringify(entries.map(({ details }) => details))).not.toContain("cus_private");
});
