import { chmodSync, existsSync, unlinkSync } from "node:fs";
import type { Server, Socket } from "node:net";
import { createServer } from "node:net";
import type { Env } from "@/lib/env";
import { log } from "@/lib/log";
import { resetByOperator } from "@/lib/services/password-reset/reset-by-operator";
import { operatorSocket } from "./operator-socket";

const patienceMs = 10_000;
const requestMaximum = 1_000;

/**
 * Lets operator commands reach a running server that holds the embedded database, through a socket in DATA_DIR that
 * only the process's user can open. With PostgreSQL the commands open the database themselves.
 *
 * @returns a function that closes the socket
 */
export async function openOperatorDoor({
  dataDir,
  databaseUrl,
}: Pick<Env, "dataDir" | "databaseUrl">): Promise<() => void> {
  const path = databaseUrl === undefined ? operatorSocket(dataDir) : null;
  if (path === null) return () => undefined;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket)).on("error", () => undefined);
    socket.setTimeout(patienceMs, () => socket.destroy());
    answer(socket);
  });
  // We hold the database's lock, so an existing socket was left by a dead process.
  if (existsSync(path)) unlinkSync(path);
  await listen(server, path);
  chmodSync(path, 0o600);
  return () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
}

/** Reads one line with an email, and answers with one line. */
function answer(socket: Socket): void {
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    if (text.length > requestMaximum) return void socket.destroy();
    if (!text.includes("\n")) return;
    socket.removeAllListeners("data");
    resetByOperator(text.slice(0, text.indexOf("\n")), new Date())
      .then((made) => socket.end(`${JSON.stringify(made)}\n`))
      .catch((error: unknown) => {
        log().error({ err: error }, "an operator's command failed");
        socket.destroy();
      });
  });
}
