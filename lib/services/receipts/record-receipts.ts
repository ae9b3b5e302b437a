import { formatKeyId } from "@/lib/core/keys/key-id";
import { inTransactionApart, runPrepared } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { ReceiptFacts } from "@/lib/schemas/audit/revocation-receipt";
import type { OrganizationId } from "@/lib/services/access/context";
import type { HeardInOrganization } from "@/lib/verify/changes/client-outcome";
import { mostListed, unusualFirst } from "@/lib/verify/changes/client-outcome";
import { receiptMac } from "./receipt-mac";

type Moment = string;
type Found = {
  readonly at: Moment;
  readonly keys: readonly {
    readonly id: string;
    readonly name: string;
    readonly revokedAt: Moment;
    readonly reason: string;
    readonly change: number;
    readonly sealedAt: Moment;
  }[];
  readonly nodes: readonly {
    readonly id: string;
    readonly name: string;
    readonly acknowledged: number;
    readonly leaseUntil: Moment;
  }[];
  readonly heard: readonly {
    readonly node: string;
    readonly after: number;
    readonly through: number;
    readonly clients: HeardInOrganization;
  }[];
};

/** The states of clients are kept for ten minutes. After that, nobody knows whether there were any. */
const clientsKeptMs = 9 * 60 * 1000;
/** Longer than any wait for the nodes, even with all steps of a bulk change. */
const promptMs = 60 * 1000;

/**
 * Records who no longer accepts these revoked keys, for each key without such a record. Only call it after the wait for
 * the nodes (lib/db/client): by then a node that has neither acknowledged nor lost its lease got its lease after the
 * change. Never throws. If a receipt cannot be recorded now, its first reader records it.
 */
export async function recordReceipts(
  organizationId: OrganizationId,
  keyIds: readonly string[],
): Promise<void> {
  try {
    const found = await readWitnesses(organizationId, keyIds);
    if (found === undefined || found.keys.length === 0) return;
    const { current: pepperVersion } = env().peppers;
    const rows = found.keys.map((key) => {
      const facts = JSON.stringify(factsOf(organizationId, key, found));
      const mac = receiptMac(organizationId, pepperVersion, facts);
      if (mac === null) throw new Error(`pepper version ${pepperVersion} is not loaded`);
      return { id: key.id, facts, mac: mac.toString("hex") };
    });
    await runPrepared({
      name: "latchkey_record_receipts",
      text: `UPDATE revocation_receipts r SET facts = n.facts, pepper_version = $2::int, mac = decode(n.mac, 'hex')
        FROM jsonb_to_recordset($3::jsonb) AS n(id text, facts text, mac text)
        WHERE r.organization_id = $1::uuid AND r.key_id = n.id AND r.facts IS NULL`,
      values: [organizationId, pepperVersion, JSON.stringify(rows)],
    });
  } catch (error) {
    log().warn(error, "a revocation receipt was not recorded; the next reader records it");
  }
}

/**
 * Records receipts that the revoking process failed to record. An empty transaction waits for the nodes, as the
 * revocation did.
 */
export async function recordReceiptsLate(
  organizationId: OrganizationId,
  keyIds: readonly string[],
): Promise<void> {
  await inTransactionApart(async () => undefined);
  await recordReceipts(organizationId, keyIds);
}

/** One statement, so that it includes the clients of every node that has acknowledged. */
async function readWitnesses(organizationId: string, keyIds: readonly string[]): Promise<Found | undefined> {
  const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  const [row] = await runPrepared<{ found: string }>({
    name: "latchkey_read_witnesses",
    text: `WITH mine AS MATERIALIZED (
        SELECT r.key_id, r.change, r.sealed_at, k.name, k.revoked_at, k.revocation_reason
        FROM revocation_receipts r JOIN api_keys k ON k.organization_id = r.organization_id AND k.id = r.key_id
        WHERE r.organization_id = $1::uuid AND r.key_id = ANY ($2::text[]) AND r.facts IS NULL
          AND k.revoked_at IS NOT NULL)
      SELECT jsonb_build_object(
        'at', ${iso("clock_timestamp()")},
        'keys', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', key_id, 'name', name, 'change', change,
            'reason', revocation_reason, 'revokedAt', ${iso("revoked_at")}, 'sealedAt', ${iso("sealed_at")})), '[]')
          FROM mine),
        'nodes', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'acknowledged', acknowledged,
            'leaseUntil', ${iso("lease_until")}) ORDER BY started_at, id), '[]') FROM nodes),
        'heard', (SELECT coalesce(jsonb_agg(jsonb_build_object('node', node_id, 'after', after_change,
            'through', through_change, 'clients', clients) ORDER BY through_change), '[]')
          FROM client_acknowledgements WHERE organization_id = $1::uuid
            AND through_change >= (SELECT min(change) FROM mine) AND after_change < (SELECT max(change) FROM mine))
      )::text AS found`,
    values: [organizationId, [...keyIds]],
  });
  return row === undefined ? undefined : (JSON.parse(row.found) as Found);
}

function factsOf(organization: string, key: Found["keys"][number], found: Found): ReceiptFacts {
  const { change } = key;
  const nodes = found.nodes.map(({ id, name, acknowledged, leaseUntil }) => {
    const isOver = leaseUntil <= found.at;
    const state =
      acknowledged >= change ? "acknowledged" : isOver ? "lease_ended" : ("lease_renewed" as const);
    return { id, name, state, lease_ended_at: state === "lease_ended" ? leaseUntil : null } as const;
  });
  const heard = found.heard.filter(({ after, through }) => after < change && change <= through);
  const clients = heard.flatMap(({ node, clients }) =>
    clients.listed.map(({ keyId, name, address, state }) => ({
      ...{ key_id: formatKeyId(keyId), key_name: name, address, node, state },
    })),
  );
  const sum = (of: "total" | "acknowledged") => heard.reduce((all, { clients }) => all + clients[of], 0);
  const sealedForMs = Date.parse(found.at) - Date.parse(key.sealedAt);
  const isKnown = sealedForMs < clientsKeptMs;
  // The rows of very many keys, and with them their receipts, are written after the revocation was answered.
  const isPrompt = Math.max(sealedForMs, Date.parse(found.at) - Date.parse(key.revokedAt)) < promptMs;
  return {
    ...{ organization, key_id: formatKeyId(key.id), key_name: key.name },
    ...{ revoked_at: key.revokedAt, reason: key.reason, effective_at: found.at },
    recorded: isPrompt ? "at_answer" : "late",
    ...{ nodes: unusualFirst(nodes).slice(0, mostListed), nodes_total: nodes.length },
    nodes_acknowledged: nodes.filter(({ state }) => state === "acknowledged").length,
    clients: isKnown ? unusualFirst(clients).slice(0, mostListed) : null,
    clients_total: isKnown ? sum("total") : null,
    clients_acknowledged: isKnown ? sum("acknowledged") : null,
  };
}
