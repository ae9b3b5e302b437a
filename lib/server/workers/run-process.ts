import cluster from "node:cluster";
import { beat } from "./heartbeat";
import { keepWorkers } from "./keep-workers";

/**
 * Runs this process as a node or, with WORKERS, as the parent of several. Loads little code before that is known,
 * because the parent needs nothing else.
 *
 * @param program the path of the entry point, which each worker runs
 */
export function runProcess(program: string, runNode: () => Promise<void>): void {
  const count = Number(process.env.WORKERS);
  // Invalid values are left to the node, which refuses them.
  if (cluster.isPrimary && Number.isInteger(count) && count > 1) keepWorkers(program, count);
  else {
    if (cluster.isWorker) beat();
    void runNode();
  }
}
