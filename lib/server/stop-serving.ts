import type { HttpServer } from "./http-server";

const patienceMs = 10_000;

const holder = globalThis as { latchkeyStopping?: boolean };

/** Takes no new connection, lets what is under way be answered, and gives up on the rest after ten seconds. */
export async function stopServing({ server, connections }: HttpServer): Promise<void> {
  holder.latchkeyStopping = true;
  const closed = new Promise((resolve) => server.close(resolve));
  // A connection that is kept alive becomes idle when its request is answered.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  // Also those that node:http no longer counts among its own.
  const patience = setTimeout(() => {
    for (const connection of connections) connection.destroy();
  }, patienceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(patience);
}
