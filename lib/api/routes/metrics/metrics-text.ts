import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { auditActions } from "@/lib/core/audit-actions";
import type { ErrorCode } from "@/lib/core/error";
import { revocationReasons } from "@/lib/core/keys/key-status";
import { usageOutcomes } from "@/lib/core/keys/usage-outcome";
import type { Counts } from "@/lib/metrics/counts";
import { counts, durationBounds, showGauge } from "@/lib/metrics/counts";
import { trustEndsAt } from "@/lib/verify/changes/change-feed";
import { rememberedKeys } from "@/lib/verify/memory/find-key";

let registry: Registry | null = null;
/** The number of this worker, if there are several. */
const worker = process.env.LATCHKEY_WORKER;

/**
 * The metrics of this process. Those of Node.js itself (memory, event loop, garbage collection) are collected from the
 * first read on, so they cost nothing until then.
 */
export async function metricsText(): Promise<string> {
  registry ??= newRegistry();
  showGauges(registry);
  return `${await registry.metrics()}\n${requestDurations()}`;
}

function newRegistry(): Registry {
  const made = new Registry();
  if (worker !== undefined) made.setDefaultLabels({ worker });
  showGauge({
    name: "latchkey_remembered_keys",
    help: "Keys that can be verified without a database query.",
    read: rememberedKeys,
  });
  showGauge({
    name: "latchkey_lease_seconds",
    help: "How long memory is trusted without another renewal; 0: every verification queries the database.",
    read: () => Math.max(0, trustEndsAt() - performance.now()) / 1000,
  });
  collectDefaultMetrics({ register: made });
  counter(made, "verifications", "Verified keys, by verdict.", "code", verdictCodes);
  counter(made, "changes", "Changes, by the action in the audit log.", "action", auditActions);
  counter(made, "revocations", "Revoked keys, by reason.", "reason", revocationReasons);
  counter(
    made,
    "faults",
    "API requests that failed because of the server, not the client.",
    "code",
    faultCodes,
  );
  new Counter({
    name: "latchkey_transaction_conflicts_total",
    help: "Transactions that the database aborted because of a conflict; they are retried.",
    registers: [made],
    collect() {
      this.reset();
      this.inc(counts().transactionConflicts);
    },
  });
  return made;
}

const verdictCodes = ["MALFORMED", "UNKNOWN", ...usageOutcomes];
const faultCodes = ["internal", "unavailable"] satisfies ErrorCode[];

type Named = "verifications" | "changes" | "revocations" | "faults";

/**
 * A Prometheus counter that is reset to the process's own count at each read.
 *
 * @param known label values to report from the start: Prometheus misses the first increase of a counter that has just
 * appeared
 */
function counter(
  made: Registry,
  what: Named & keyof Counts,
  help: string,
  label: string,
  known: readonly string[],
): void {
  new Counter({
    name: `latchkey_${what}_total`,
    help,
    labelNames: [label],
    registers: [made],
    collect() {
      this.reset();
      for (const name of known) this.inc({ [label]: name }, 0);
      for (const [name, count] of counts()[what]) this.inc({ [label]: name }, count);
    },
  });
}

function showGauges(made: Registry): void {
  for (const { name, help, read } of counts().gauges.values()) {
    if (made.getSingleMetric(name) !== undefined) continue;
    new Gauge({
      name,
      help,
      registers: [made],
      collect() {
        this.set(read());
      },
    });
  }
}

const histogram = "latchkey_request_duration_seconds";

/** Our own histogram: the library's takes a microsecond per request, even if nobody reads the metrics. */
function requestDurations(): string {
  const lines = [
    `# HELP ${histogram} Duration of API requests, by operation and status.`,
    `# TYPE ${histogram} histogram`,
  ];
  for (const [operation, byStatus] of counts().requests) {
    for (const [status, { buckets, seconds }] of byStatus) {
      const of = worker === undefined ? "" : `,worker="${worker}"`;
      const labels = `operation="${operation}",status="${status}"${of}`;
      let all = 0;
      buckets.forEach((count, index) => {
        all += count;
        lines.push(`${histogram}_bucket{${labels},le="${durationBounds[index] ?? "+Inf"}"} ${all}`);
      });
      lines.push(`${histogram}_sum{${labels}} ${seconds}`, `${histogram}_count{${labels}} ${all}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
