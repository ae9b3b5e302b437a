import { z } from "zod";
import { success } from "@/lib/core/result";
import { admitMetrics } from "../../admit/admit-metrics";
import { openOperation } from "../../operate/operation";
import { allMetricsText } from "./worker-metrics";

/** The text format that Prometheus reads. */
const textFormat = "text/plain; version=0.0.4; charset=utf-8";

const example = `# HELP latchkey_verifications_total Verified keys, by verdict.
# TYPE latchkey_verifications_total counter
latchkey_verifications_total{code="VALID"} 1024
`;

export const readMetrics = openOperation({
  method: "get",
  path: "/metrics",
  operationId: "readMetrics",
  summary: "Metrics of the process, for Prometheus",
  description:
    "Covers this process, or with `WORKERS` each of its workers, which a label `worker` tells apart; since it started: verifications by code, requests by operation and status, changes, revocations, the lease, and Node.js metrics. It answers requests from the machine itself to a local name (`localhost`, `127.0.0.1`), but not through a proxy. From elsewhere, send the value of the environment variable `METRICS_TOKEN` as `Authorization: Bearer`.",
  tag: "Service",
  reach: "same-origin",
  isLimited: false,
  admit: admitMetrics,
  answer: {
    description: "The metrics, in the text format of Prometheus.",
    schema: z.string(),
    type: textFormat,
    example,
  },
  errors: ["forbidden"],
  handle: async () => success(await allMetricsText()),
});
