import { AsyncLocalStorage } from "node:async_hooks";

type Begin = () => void;

const ambient = new AsyncLocalStorage<Begin>();

/**
 * Does the work and reads what is answered to it, which begins when the work's transaction is committed, while
 * its nodes are still waited for. Nothing of it is given away before they are: see inTransaction. Where the work
 * committed nothing, it is read after it.
 */
export async function readWhileAwaited<W, R>(
  work: () => Promise<W>,
  read: () => Promise<R>,
): Promise<{ readonly worked: W; readonly read: () => Promise<R> }> {
  let reading: Promise<R> | undefined;
  const begin = () => {
    reading = read();
    // Who asks for it is told; the work may have failed since, and then nobody asks.
    reading.catch(() => {});
  };
  const worked = await ambient.run(begin, work);
  return { worked, read: () => reading ?? read() };
}

/** Called when a transaction is committed. */
export function beginReading(): void {
  ambient.getStore()?.();
}

/** Does work whose commits begin no reading. */
export function withoutReading<T>(work: () => Promise<T>): Promise<T> {
  return ambient.exit(work);
}
