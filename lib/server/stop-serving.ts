import { stopping } from "@/lib/services/health/read-readiness";
import type { HttpServer } from "./http-server";

/**
 * Accepts no new connections, finishes requests in progress, and closes every connection when time is up.
 *
 * @param patienceMs how long requests in progress may take
 */
export async function stopServing(
  { server, connections, startNothing }: HttpServer,
  patienceMs: number,
): Promise<void> {
  stopping().begun = true;
  startNothing();
  const closed = new Promise((resolve) => server.close(resolve));
  // A kept-alive connection becomes idle when its request is answered. node:http does not count a connection that never
  // sent a request as idle.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    for (const connection of connections) if (connection.bytesRead === 0) connection.destroy();
  }, 50);
  // Includes connections that node:http no longer tracks.
  const patience = setTimeout(() => {
    for (const connection of connections) connection.destroy();
  }, patienceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(patience);
}
