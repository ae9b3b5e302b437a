import type { HttpServer } from "./http-server";

const patienceMs = 10_000;

const holder = globalThis as { latchkeyStopping?: boolean };

/** Takes no new connection, lets what is under way be answered, and gives up on the rest after ten seconds. */
export async function stopServing({ server, connections }: HttpServer): Promise<void> {
  holder.latchkeyStopping = true;
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
