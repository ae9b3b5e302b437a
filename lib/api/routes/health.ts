import { z } from "zod";
import { failure, success } from "@/lib/core/result";
import { readReadiness } from "@/lib/services/health/read-readiness";
import { openOperation } from "../operation";

/** Asks nothing else than whether this process is up, so that a database outage restarts no process. */
export const readHealth = openOperation({
  method: "get",
  path: "/healthz",
  operationId: "readHealth",
  summary: "Is the process up?",
  description: "For a supervisor that restarts what does not answer. It does not look at the database.",
  tag: "Service",
  reach: "same-origin",
  isLimited: false,
  answer: {
    status: 200,
    description: "It is up.",
    schema: z.strictObject({ status: z.literal("ok") }),
    example: { status: "ok" },
  },
  errors: [],
  handle: () => success({ status: "ok" as const }),
});

export const readReady = openOperation({
  method: "get",
  path: "/readyz",
  operationId: "readReadiness",
  summary: "Can the process do its work?",
  description:
    "For a load balancer: it answers 503 while the process stops, the database does not answer or lacks a migration.",
  tag: "Service",
  reach: "same-origin",
  isLimited: false,
  answer: {
    status: 200,
    description: "It can.",
    schema: z.strictObject({ status: z.literal("ready") }),
    example: { status: "ready" },
  },
  errors: [],
  handle: async () => {
    const reason = await readReadiness();
    return reason === null ? success({ status: "ready" as const }) : failure("unavailable", reason);
  },
});
