import cluster from "node:cluster";
import { beat } from "./heartbeat";
import { keepWorkers } from "./keep-workers";

/**
 * Runs what this process is for: the node, or with WORKERS as many processes that each are one. Not much is loaded
 * before that is known, because the process that keeps the workers does nothing else.
 *
 * @param program the entry point's own file, which each worker runs again
 */
export function runProcess(program: string, runNode: () => Promise<void>): void {
  const count = Number(process.env.WORKERS);
  // Any other value is the node's to read, and to refuse.
  if (cluster.isPrimary && Number.isInteger(count) && count > 1) keepWorkers(program, count);
  else {
    if (cluster.isWorker) beat();
    void runNode();
  }
}
