import { leaseMs } from "@/lib/db/awaited-nodes";
import { runPrepared } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { HeardClients } from "./client-outcome";
import { heardIn } from "./client-outcome";

/**
 * Renews this node's lease in the database, and acknowledges every change up to `acknowledged`. Creates the node's row
 * if necessary.
 */
export async function renewLease(nodeId: string, name: string, acknowledged: bigint): Promise<void> {
  await runPrepared({
    name: "latchkey_renew_lease",
    // The embedded database dies with its only node, so no lease has to survive a crash and no fsync is needed.
    text: `WITH lazy AS (SELECT set_config('synchronous_commit', $4, true))
      INSERT INTO nodes (id, lease_until, acknowledged, name)
      SELECT $1::uuid, clock_timestamp() + $2::int * interval '1 ms', $3::bigint, $5 FROM lazy
      ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until,
        acknowledged = greatest(nodes.acknowledged, excluded.acknowledged)`,
    values: [nodeId, leaseMs, String(acknowledged), env().databaseUrl === undefined ? "off" : "on", name],
  });
}

/**
 * Skips the fsync: if a database crash loses this, writers only wait longer.
 *
 * @param heard outcomes of clients, which become visible together with the acknowledgement
 */
export async function acknowledge(
  nodeId: string,
  sequence: bigint,
  heard: readonly HeardClients[],
): Promise<void> {
  await runPrepared({
    name: "latchkey_acknowledge",
    text: `WITH lazy AS (SELECT set_config('synchronous_commit', 'off', true)),
      heard AS (
        INSERT INTO client_acknowledgements (node_id, organization_id, after_change, through_change, clients)
        SELECT $1::uuid, organization, "after", through, clients
        FROM jsonb_to_recordset($3::jsonb) AS h(organization uuid, "after" bigint, through bigint, clients jsonb)
        ON CONFLICT DO NOTHING)
      UPDATE nodes SET acknowledged = $2::bigint FROM lazy WHERE id = $1::uuid AND acknowledged < $2::bigint`,
    values: [nodeId, String(sequence), JSON.stringify(heard.flatMap(byOrganization))],
  });
}

function byOrganization({ after, through, clients }: HeardClients) {
  return [...new Set(clients.map(({ organizationId }) => organizationId))].map((organization) => ({
    ...{ organization, after: String(after), through: String(through) },
    clients: heardIn(clients, organization),
  }));
}

export async function endLease(nodeId: string): Promise<void> {
  await runPrepared({
    name: "latchkey_end_lease",
    text: "DELETE FROM nodes WHERE id = $1",
    values: [nodeId],
  });
}

/**
 * Deletes changes older than an hour, and outcomes of clients after ten minutes, a few thousand at a time. A node that
 * lags that far behind notices the gap and drops its whole cache.
 */
export async function sweepChanges(): Promise<void> {
  await runPrepared({
    name: "latchkey_sweep_changes",
    text: `WITH gone AS (DELETE FROM nodes WHERE lease_until < clock_timestamp() - interval '1 hour'),
      told AS (DELETE FROM client_acknowledgements WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM client_acknowledgements WHERE at < clock_timestamp() - interval '10 minutes' LIMIT 20000)))
      DELETE FROM verdict_changes WHERE id IN (
        SELECT id FROM verdict_changes WHERE at < clock_timestamp() - interval '1 hour' ORDER BY id LIMIT 20000)`,
    values: [],
  });
}
