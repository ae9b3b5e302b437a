import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { KeyUse } from "./key-use";

/**
 * Adds a batch of counts to the database, all of it or nothing. Times only go forward, so that nodes
 * may write in any order. The keys' rows are locked in the order of their ids first: two nodes that
 * write the same keys wait for each other and never deadlock.
 */
export async function writeUsage(batch: readonly (readonly [keyId: string, KeyUse])[]): Promise<void> {
  const keys = JSON.stringify(
    batch.map(([id, use]) => {
      const { address, client } = use;
      return { id, at: new Date(use.lastUsedAt).toISOString(), address, client };
    }),
  );
  const secrets = JSON.stringify(
    batch.flatMap(([, use]) => [...use.secrets].map(([id, at]) => ({ id, at: new Date(at).toISOString() }))),
  );
  const hours = JSON.stringify(
    batch.flatMap(([id, use]) =>
      [...use.calls].map(([hour, calls]) => ({ id, hour: new Date(hour).toISOString(), calls })),
    ),
  );
  await inTransaction(async (transaction) => {
    await writeKeys(transaction, keys);
    await writeSecrets(transaction, secrets);
    await writeHours(transaction, hours);
  });
}

async function writeKeys(transaction: Transaction, keys: string): Promise<void> {
  await transaction.$executeRaw`
    SELECT k.id FROM api_keys k
    WHERE k.id IN (SELECT u.id FROM jsonb_to_recordset(${keys}::jsonb) AS u(id text))
    ORDER BY k.id FOR NO KEY UPDATE`;
  await transaction.$executeRaw`
    UPDATE api_keys k SET
      last_used_at = greatest(k.last_used_at, u.at),
      last_used_address = CASE WHEN k.last_used_at > u.at THEN k.last_used_address ELSE u.address END,
      last_used_client = CASE WHEN k.last_used_at > u.at THEN k.last_used_client ELSE u.client END
    FROM jsonb_to_recordset(${keys}::jsonb) AS u(id text, at timestamptz, address text, client text)
    WHERE k.id = u.id`;
}

async function writeSecrets(transaction: Transaction, secrets: string): Promise<void> {
  await transaction.$executeRaw`
    UPDATE api_key_secrets s SET last_used_at = greatest(s.last_used_at, u.at)
    FROM jsonb_to_recordset(${secrets}::jsonb) AS u(id uuid, at timestamptz)
    WHERE s.id = u.id`;
}

/** The organization is the key's own, whatever the counter knew. */
async function writeHours(transaction: Transaction, hours: string): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO api_key_usage_hours AS h (organization_id, key_id, hour, calls)
    SELECT k.organization_id, k.id, u.hour, u.calls
    FROM jsonb_to_recordset(${hours}::jsonb) AS u(id text, hour timestamptz, calls integer)
    JOIN api_keys k ON k.id = u.id
    ON CONFLICT (key_id, hour) DO UPDATE SET calls = h.calls + excluded.calls`;
}
