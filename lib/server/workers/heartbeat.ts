import type { Worker } from "node:cluster";

const beatMs = 1_000;
/** In seconds. Longer than a garbage collection, or than a busy machine suspends a process. */
const missedAtMost = 10;
/** A starting worker loads a lot of code at once. */
const missedAtStart = 120;

/** In a worker: reports regularly that its event loop is running. */
export function beat(): void {
  // Without a callback, a beat sent to a dead process would be an uncaught error.
  const send = () => process.send?.({ beats: true }, undefined, undefined, () => undefined);
  setInterval(send, beatMs).unref();
}

/**
 * Calls `tell` when a worker's event loop has been blocked for ten seconds. These are counted in turns of this
 * process's event loop, not by the clock: after a pause of the whole machine, no worker is late.
 */
export function onceSilent(worker: Worker, tell: () => void): void {
  let missed = 0;
  let allowed = missedAtStart;
  const timer = setInterval(() => {
    if (++missed === allowed) tell();
  }, beatMs);
  worker.on("message", () => {
    missed = 0;
  });
  worker.once("listening", () => {
    missed = 0;
    allowed = missedAtMost;
  });
  worker.once("exit", () => clearInterval(timer));
}
