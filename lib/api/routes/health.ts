import { z } from "zod";
import { failure, success } from "@/lib/core/result";
import { readReadiness } from "@/lib/services/health/read-readiness";
import { isMemoryTrusted } from "@/lib/verify/changes/change-feed";
import { openOperation } from "../operate/operation";

/** Reports only whether this process is up, so that a database outage does not get processes restarted. */
export const readHealth = openOperation({
  method: "get",
  path: "/healthz",
  operationId: "readHealth",
  summary: "Is the process up?",
  description:
    "For a supervisor that restarts a process that does not answer. It does not check the database.",
  tag: "Service",
  reach: "same-origin",
  isLimited: false,
  answer: {
    description: "The process is up.",
    schema: z.strictObject({ status: z.literal("ok") }),
    example: { status: "ok" },
  },
  handle: () => success({ status: "ok" as const }),
});

export const readReady = openOperation({
  method: "get",
  path: "/readyz",
  operationId: "readReadiness",
  summary: "Readiness check",
  description:
    "For a load balancer. It answers 503 while the process is stopping, or when the database does not answer or lacks a migration. Without a lease the process queries the database for each verification: correct, but slower.",
  tag: "Service",
  reach: "same-origin",
  isLimited: false,
  answer: {
    description: "It can.",
    schema: z.strictObject({
      status: z.literal("ready"),
      lease: z.enum(["held", "none"]).meta({ description: "Whether it may currently answer from memory." }),
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
