import { untoldDemand } from "@/lib/core/keys/over-privileged";
import type { UsageOutcome } from "@/lib/core/keys/usage-outcome";
import { usageOutcomes } from "@/lib/core/keys/usage-outcome";
import type { WireUse } from "@/lib/core/keys/wire/key-wire";
import { runPrepared } from "@/lib/db/client";
import { RateLimit } from "../limits/rate-limit";
import { recordUse } from "./usage-recorder";

const outcomes: ReadonlySet<string> = new Set(usageOutcomes);
/** Clients report every second. After an outage, older uses are recorded as this old. */
const oldestMs = 60 * 60 * 1000;

/**
 * How many uses an organization's clients can have made: two million a second, since several processes may verify (see
 * docs/benchmarks.md), plus a burst for what they could not report while they were disconnected. Reports beyond that
 * are made up.
 */
export const reportedUses = new RateLimit({ name: "reported-uses", quota: 60_000_000, windowSeconds: 30 });

/** The stream that reports uses. It was sent the keys of `organizationId` that were not deleted at `openedAt`. */
export type UsesOfStream = {
  readonly organizationId: string;
  readonly client: string | null;
  readonly address: string | null;
  readonly openedAt: Date;
};

/**
 * Counts the verifications that a client reports, as far as they are plausible: only for keys that its stream was sent,
 * and no more than the organization's clients can have made.
 */
export async function recordOwnUses(
  { organizationId, client, address, openedAt }: UsesOfStream,
  uses: readonly WireUse[],
): Promise<void> {
  const now = Date.now();
  const own = await toldSecrets(organizationId, openedAt, [...new Set(uses.map(([secretId]) => secretId))]);
  for (const [secretId, code, calls, agoMs, from] of uses) {
    const keyId = own.get(secretId);
    if (keyId === undefined || !outcomes.has(code)) continue;
    if (!Number.isInteger(calls) || calls < 1 || !(agoMs >= 0)) continue;
    if (!reportedUses.take(organizationId, performance.now(), calls).allowed) continue;
    const outcome = code as UsageOutcome;
    const at = new Date(now - Math.min(agoMs, oldestMs));
    const demanded = [untoldDemand];
    const by = { address: from ?? address, client };
    recordUse({ organizationId, keyId, secretId, at, ...by, outcome, calls, demanded });
  }
}

async function toldSecrets(
  organizationId: string,
  openedAt: Date,
  secretIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await runPrepared<{ id: string; keyId: string }>({
    name: "latchkey_told_secrets",
    text: `SELECT s.id::text AS id, s.key_id AS "keyId" FROM api_key_secrets s JOIN api_keys k ON k.id = s.key_id
      WHERE s.organization_id = $1::uuid AND k.organization_id = $1::uuid AND s.id = ANY($2::uuid[])
        AND (k.deleted_at IS NULL OR k.deleted_at >= $3::timestamptz)`,
    values: [organizationId, secretIds, openedAt.toISOString()],
  });
  return new Map(rows.map(({ id, keyId }) => [id, keyId]));
}
