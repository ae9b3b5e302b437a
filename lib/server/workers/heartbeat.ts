import type { Worker } from "node:cluster";

const beatMs = 1_000;
/** Longer than garbage collection takes, or a busy machine keeps a process waiting. */
const missedAtMost = 10;
/** At its start a worker loads much code at once. */
const missedAtStart = 120;

/** In a worker: tells the process that keeps it, again and again, that the event loop turns. */
export function beat(): void {
  // Without the callback, a beat that nobody can receive any more would be an uncaught error.
  const send = () => process.send?.({ beats: true }, undefined, undefined, () => undefined);
  setInterval(send, beatMs).unref();
}

/**
 * Tells of a worker whose event loop has stood still for ten seconds. These are counted in turns of this process, not
 * read off a clock: after a pause of the whole machine no worker is late.
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
