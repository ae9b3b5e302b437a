import type { HttpServer } from "./http-server";

const holder = globalThis as { latchkeyStopping?: boolean };

/**
 * Takes no new connection, answers what is under way, and ends every connection when the time is up.
 *
 * @param patienceMs how long an answer that is under way may take
 */
export async function stopServing(
  { server, connections, startNothing }: HttpServer,
  patienceMs: number,
): Promise<void> {
  holder.latchkeyStopping = true;
  startNothing();
  const closed = new Promise((resolve) => server.close(resolve));
  // A connection that is kept alive becomes idle when its request is answered. One that was opened for later, and on which
  // nothing was ever asked, is not idle to node:http.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    for (const connection of connections) if (connection.bytesRead === 0) connection.destroy();
  }, 50);
  // Also those that node:http no longer counts among its own.
  const patience = setTimeout(() => {
    for (const connection of connections) connection.destroy();
  }, patienceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(patience);
}
