import type { Worker } from "node:cluster";

type Handle = { close(): void };
type Send = (message: unknown, second?: Handle | (() => void) | null, ...more: unknown[]) => boolean;

/**
 * Connections are handed to a worker one at a time, and stay open here until the worker confirms. Node.js forgets the
 * one in transit to a worker that dies, so its client would wait forever.
 */
export function closeLostConnection(worker: Worker): void {
  const child = worker.process as unknown as { send: Send };
  const send = child.send.bind(child);
  let handed: Handle | undefined;
  child.send = (message, second, ...more) => {
    // For a message without a connection, the second argument may be its callback.
    if (typeof second === "object" && second !== null) handed = second;
    return send(message, second, ...more);
  };
  // Closing it twice does no harm.
  worker.once("exit", () => handed?.close());
}
