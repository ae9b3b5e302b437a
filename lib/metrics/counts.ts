import { remember } from "@/lib/remember";

/** A histogram: counts per bound of `durationBounds`, the rest in the last bucket, and the total seconds. */
export type Durations = { readonly buckets: number[]; seconds: number };

/** A value that is kept elsewhere and read when the metrics are requested. */
export type Gauge = { readonly name: string; readonly help: string; readonly read: () => number };

export type Counts = {
  /** By verdict code. */
  readonly verifications: Map<string, number>;
  /** By operation, then by status. */
  readonly requests: Map<string, Map<number, Durations>>;
  /** By audit log action. */
  readonly changes: Map<string, number>;
  readonly revocations: Map<string, number>;
  /** Requests that failed through the server's fault, by error code. */
  readonly faults: Map<string, number>;
  transactionConflicts: number;
  readonly gauges: Map<string, Gauge>;
};

/** Upper bounds of the histogram's buckets, in seconds. */
export const durationBounds = [
  ...[0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05],
  ...[0.1, 0.25, 0.5, 1, 2.5, 5, 10],
] as const;

/**
 * The counts of this process since it started. Counting is cheap, so it is always on. lib/api/routes/metrics/metrics-text
 * formats them.
 */
export function counts(): Counts {
  return remember<Counts>("latchkeyCounts", () => ({
    verifications: new Map(),
    requests: new Map(),
    changes: new Map(),
    revocations: new Map(),
    faults: new Map(),
    transactionConflicts: 0,
    gauges: new Map(),
  }));
}

export function countVerification(code: string): void {
  add(counts().verifications, code);
}

/** @param startedAt the value of performance.now() when the request started */
export function countRequest(operationId: string, status: number, startedAt: number): void {
  const durations = durationsOf(operationId, status);
  const seconds = (performance.now() - startedAt) / 1000;
  let index = 0;
  while (index < durationBounds.length && seconds > (durationBounds[index] ?? 0)) index++;
  durations.buckets[index] = (durations.buckets[index] ?? 0) + 1;
  durations.seconds += seconds;
}

export function countChange(action: string): void {
  add(counts().changes, action);
}

export function countRevocation(reason: string): void {
  add(counts().revocations, reason);
}

export function countFault(code: string): void {
  add(counts().faults, code);
}

export function countTransactionConflict(): void {
  counts().transactionConflicts++;
}

/** Adds a gauge to the metrics. A later gauge with the same name replaces it. */
export function showGauge(gauge: Gauge): void {
  counts().gauges.set(gauge.name, gauge);
}

function durationsOf(operationId: string, status: number): Durations {
  const { requests } = counts();
  const byStatus = requests.get(operationId) ?? new Map<number, Durations>();
  const known = byStatus.get(status);
  if (known !== undefined) return known;
  const made = { buckets: new Array<number>(durationBounds.length + 1).fill(0), seconds: 0 };
  requests.set(operationId, byStatus.set(status, made));
  return made;
}

function add(byName: Map<string, number>, name: string): void {
  byName.set(name, (byName.get(name) ?? 0) + 1);
}
