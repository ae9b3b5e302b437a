import type { Worker } from "node:cluster";
import cluster from "node:cluster";
import { log } from "@/lib/log";
import { closeLostConnection } from "./close-lost-connection";
import { CrashLoop, settledMs } from "./crash-loop";
import { onceSilent } from "./heartbeat";

/** A worker ends itself after 14 s, and orchestrators kill after 15, see compose.yaml. */
const stopMs = 14_500;

/**
 * Runs a program as several processes on one port, each a node of its own, until SIGTERM or SIGINT. The first starts
 * alone: it migrates, and an error that prevents the start is printed once. This process accepts the connections, hands
 * each to the next worker, and replaces workers that end or hang. If this process dies, Node.js ends the workers.
 */
export function keepWorkers(program: string, count: number): void {
  const startedAt = performance.now();
  const running = new Set<Worker>();
  const ready = new Set<number>();
  const loop = new CrashLoop();
  let isStopping = false;
  let exitCode = 0;

  cluster.schedulingPolicy = cluster.SCHED_RR;
  cluster.setupPrimary({ exec: program, args: [] });

  /** @param place from 1 to `count`; a replacement takes over the place */
  const start = (place: number): void => {
    if (isStopping) return;
    const worker = cluster.fork({ LATCHKEY_WORKER: String(place) });
    const begunAt = performance.now();
    const settling = setTimeout(() => loop.settled(), settledMs);
    running.add(worker);
    closeLostConnection(worker);
    onceSilent(worker, () => {
      log().error({ worker: place }, "a worker hangs; killing it");
      worker.process.kill("SIGKILL");
    });
    worker.once("listening", () => {
      if (ready.size === 0) for (let other = 2; other <= count; other++) start(other);
      ready.add(place);
      if (ready.size === count && worker.id <= count) sayReady(count, startedAt);
    });
    worker.on("message", (message: unknown) => passOn(message, worker, running));
    worker.once("exit", (code, signal) => {
      clearTimeout(settling);
      running.delete(worker);
      onEnd(place, performance.now() - begunAt, { code, signal });
    });
    // A worker that failed to start has no exit event; one that a message could not reach has one.
    worker.on("error", () => {
      if (worker.process.pid === undefined) worker.emit("exit", null, null);
    });
  };

  const onEnd = (place: number, ranForMs: number, how: { code: number | null; signal: string | null }) => {
    if (isStopping) {
      // A worker that is still starting is ended by the signal itself; Ctrl-C sends SIGINT to all of them.
      if (how.code !== 0 && how.signal !== "SIGTERM" && how.signal !== "SIGINT") exitCode = 1;
      if (running.size === 0) process.exit(exitCode);
      return;
    }
    if (ready.size === 0) {
      if (how.code === null)
        log().fatal({ worker: place, ...how }, "the first worker ended during its start");
      process.exit(how.code || 1);
    }
    const pauseMs = loop.afterEnd(ranForMs);
    if (pauseMs === null) {
      log().fatal(
        { worker: place, ...how },
        "workers end one after the other, soon after their start; stopping",
      );
      exitCode = 1;
      stop();
      return;
    }
    log().error({ worker: place, ...how }, "a worker ended; starting another");
    setTimeout(start, pauseMs, place);
  };

  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    process.stdout.write("Stopping ...\n");
    setTimeout(() => {
      for (const worker of running) worker.process.kill("SIGKILL");
      process.exit(1);
    }, stopMs);
    for (const worker of running) worker.process.kill("SIGTERM");
    if (running.size === 0) process.exit(exitCode);
  };

  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  start(1);
}

/** Workers cannot send messages to each other. A message names the id of its recipient, or all of them. */
function passOn(message: unknown, from: Worker, running: ReadonlySet<Worker>): void {
  const { to } = message as { readonly to?: unknown };
  for (const worker of running) {
    // The recipient may have ended meanwhile; the message is then dropped.
    if (to === "all" || to === worker.id)
      worker.send({ ...(message as object), from: from.id, workers: running.size }, () => undefined);
  }
}

function sayReady(count: number, startedAt: number): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`All ${count} workers are ready (${seconds} s)\n`);
}
