import { z } from "zod";
import { success } from "@/lib/core/result";
import { admitMetrics } from "../admit/admit-metrics";
import { openOperation } from "../operate/operation";

/** The text format that Prometheus reads. */
const textFormat = "text/plain; version=0.0.4; charset=utf-8";

const example = `# HELP latchkey_verifications_total Keys that were verified, by what came of it.
# TYPE latchkey_verifications_total counter
latchkey_verifications_total{code="VALID"} 1024
`;

export const readMetrics = openOperation({
  method: "get",
  path: "/metrics",
  operationId: "readMetrics",
  summary: "How the process fares, for Prometheus",
  description:
    "Of this process alone, since it started: verifications by code, requests by operation and status, changes, revocations, the lease, and what Node.js tells of itself. It answers the machine itself by a local name (`localhost`, `127.0.0.1`), not through a proxy; from elsewhere send the value of the environment variable `METRICS_TOKEN` as `Authorization: Bearer`.",
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
  handle: async () => {
    // This module takes 13 MB, so it is loaded on the first read.
    const { metricsText } = await import("./metrics-text");
    return success(await metricsText());
  },
});
