import { failure, success } from "@/lib/core/result";
import { readReadiness } from "@/lib/services/health/read-readiness";
import type { Answer } from "../respond";

/** `GET /healthz`: this process is up. Asks nothing else, so that a database outage restarts no process. */
export function answerHealth(): Answer {
  return success({ status: "ok" });
}

/** `GET /readyz`: this process can do its work now. */
export async function answerReadiness(): Promise<Answer> {
  const reason = await readReadiness();
  return reason === null ? success({ status: "ready" }) : failure("unavailable", reason);
}
