import { runPrepared } from "@/lib/db/client";
import type { UsageBatch } from "./usage-batch";

/**
 * Writes all of the batches or none. Existing batches stay unchanged: a node that got no confirmation sends the same
 * batches again, and nothing is counted twice.
 */
export async function writeUsage(batches: readonly UsageBatch[]): Promise<void> {
  const rows = batches.map(
    ({ id, part, calls, uses }) => `{"id":"${id}","part":${part},"calls":${calls},"uses":${uses}}`,
  );
  await runPrepared({
    name: "latchkey_write_usage",
    text: `INSERT INTO usage_batches (id, part, calls, uses)
      SELECT b.id, b.part, b.calls, b.uses
      FROM jsonb_to_recordset($1::jsonb) AS b(id uuid, part smallint, calls jsonb, uses jsonb)
      ON CONFLICT (id) DO NOTHING`,
    values: [`[${rows.join()}]`],
  });
}
