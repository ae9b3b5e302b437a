import { z } from "zod";
import { failure, success } from "@/lib/core/result";
import { readReadiness } from "@/lib/services/health/read-readiness";
import { isMemoryTrusted } from "@/lib/verify/changes/change-feed";
import { openOperation } from "../operate/operation";

/** Only tells whether this process is up, so a database outage restarts no process. */
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
    description: "It is up.",
    schema: z.strictObject({ status: z.literal("ok") }),
    example: { status: "ok" },
  },
  handle: () => success({ status: "ok" as const }),
});

export const readReady = openOperation({
  method: "get",
  path: "/readyz",
  operationId: "readReadiness",
  summary: "Can the process do its work?",
  description:
    "For a load balancer: it answers 503 while the process stops, the database does not answer or lacks a migration. Without a lease it asks the database at each verification: it answers rightly, and more slowly.",
  tag: "Service",
  reach: "same-origin",
  isLimited: false,
  answer: {
    description: "It can.",
    schema: z.strictObject({
      status: z.literal("ready"),
      lease: z.enum(["held", "none"]).meta({ description: "Whether it may answer from memory now." }),
    }),
    example: { status: "ready", lease: "held" },
  },
  handle: async () => {
    const reason = await readReadiness();
    if (reason !== null) return failure("unavailable", reason);
    const lease = isMemoryTrusted() ? ("held" as const) : ("none" as const);
    return success({ status: "ready" as const, lease });
  },
});
