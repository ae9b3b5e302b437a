import type { WireUse } from "@/lib/core/key-wire";
import type { UsageOutcome } from "@/lib/core/usage-outcome";
import { usageOutcomes } from "@/lib/core/usage-outcome";
import { quick } from "@/lib/db/client";
import { recordUse } from "./usage-recorder";

const outcomes: ReadonlySet<string> = new Set(usageOutcomes);
/** A client reports every second; what it could not report for longer counts as used then. */
const oldestMs = 60 * 60 * 1000;
const mostCalls = 100_000_000;

/**
 * Counts what a client says it has verified, as far as these are secrets of its organization's keys:
 * nobody fills the counts of another.
 */
export async function recordOwnUses(
  organizationId: string,
  client: string | null,
  address: string | null,
  uses: readonly WireUse[],
): Promise<void> {
  const now = Date.now();
  const own = await ownSecrets(organizationId, [...new Set(uses.map(([secretId]) => secretId))]);
  for (const [secretId, code, calls, agoMs, from] of uses) {
    const keyId = own.get(secretId);
    if (keyId === undefined || !outcomes.has(code)) continue;
    if (!Number.isInteger(calls) || calls < 1 || calls > mostCalls) continue;
    const outcome = code as UsageOutcome;
    const at = new Date(now - Math.min(Math.max(agoMs, 0), oldestMs));
    recordUse({ keyId, secretId, at, address: from ?? address, client, outcome, calls });
  }
}

async function ownSecrets(
  organizationId: string,
  secretIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await quick<{ id: string; keyId: string }>({
    name: "latchkey_own_secrets",
    text: `SELECT id::text AS id, key_id AS "keyId" FROM api_key_secrets
      WHERE organization_id = $1::uuid AND id = ANY($2::uuid[])`,
    values: [organizationId, secretIds],
  });
  return new Map(rows.map(({ id, keyId }) => [id, keyId]));
}
