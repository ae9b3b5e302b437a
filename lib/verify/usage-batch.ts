import { randomUUID } from "node:crypto";
import type { UsageOutcome } from "@/lib/core/usage-outcome";
import type { KeyUse } from "./key-use";
import { presentableClient } from "./key-use";

type CallLine = { key: string; hour: number; outcome: UsageOutcome; calls: number };
type UseLine = { key: string; secret: string; at: number; address: string | null; client: string | null };

/** A row of `usage_batches`; the names inside are those that foldUsage reads. */
export type UsageBatch = {
  readonly id: string;
  readonly part: number;
  readonly calls: CallLine[];
  readonly uses: UseLine[];
};

/** Keys are folded a part at a time, so that few rows are locked, and briefly. */
const usageParts = 16;

/** Key ids are random, so any character spreads them evenly. */
function partOf(keyId: string): number {
  return keyId.charCodeAt(keyId.length - 1) % usageParts;
}

/** The batches that tell the database of these uses: one for each part of the keys that is among them. */
export function usageBatches(uses: Iterable<readonly [keyId: string, KeyUse]>): UsageBatch[] {
  const batches = new Map<number, UsageBatch>();
  for (const [key, { calls, secrets }] of uses) {
    const part = partOf(key);
    const batch = batches.get(part) ?? { id: randomUUID(), part, calls: [], uses: [] };
    batches.set(part, batch);
    for (const { hour, outcome, calls: count } of calls) {
      batch.calls.push({ key, hour, outcome, calls: count });
    }
    for (const { secretId: secret, at, address, client } of secrets) {
      const shown = client === null ? null : presentableClient(client);
      batch.uses.push({ key, secret, at, address, client: shown });
    }
  }
  return [...batches.values()];
}
