import type { Worker } from "node:cluster";

type Handle = { close(): void };
type Send = (message: unknown, second?: Handle | (() => void) | null, ...more: unknown[]) => boolean;

/**
 * A connection is handed to a worker one at a time, and stays open here until the worker says that it has it. Node.js
 * forgets the one on its way to a worker that dies, so its client would wait for ever.
 */
export function closeLostConnection(worker: Worker): void {
  const child = worker.process as unknown as { send: Send };
  const send = child.send.bind(child);
  let handed: Handle | undefined;
  child.send = (message, second, ...more) => {
    // A message without a connection may have its callback there.
    if (typeof second === "object" && second !== null) handed = second;
    return send(message, second, ...more);
  };
  // Closing one that was closed already changes nothing.
  worker.once("exit", () => handed?.close());
}
