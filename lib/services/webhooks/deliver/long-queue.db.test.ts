import { expect, test } from "vitest";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { createTestWebhook } from "@/e2e/support/data/test-webhook";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { claimDeliveries } from "./claim-deliveries";

provideTestDatabase();

test("[L8] of tens of thousands of messages about one key the first is claimed before the database gives up", async () => {
  const organization = await createTestOrganization();
  const { id } = await createTestWebhook(organization.id);
  await database().$executeRaw`
    INSERT INTO webhook_deliveries (id, organization_id, endpoint_id, type, subject, subject_name, payload, next_attempt_at)
    SELECT gen_random_uuid(), ${organization.id}::uuid, ${id}::uuid, 'key.updated', 'key_0123456789abcdEF', 'Billing',
      n::text, now() FROM generate_series(1, 50000) n`;
  // Updates the statistics, so that the database plans for many rows.
  await database().$executeRaw`ANALYZE webhook_deliveries`;
  const room = { most: 64, each: 64, left: new Map() };
  expect((await claimDeliveries(false, room)).map(({ payload }) => payload)).toEqual(["1"]);
  // The other messages wait for the first.
  expect(await claimDeliveries(false, room)).toEqual([]);
});
