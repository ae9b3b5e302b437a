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
 * Lets the operator's commands reach a running server that holds the embedded database: a socket in DATA_DIR
 * that only the user of the process can open. With PostgreSQL the commands open the database themselves.
 *
 * @returns what closes it
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
  // The database's lock is ours, so a socket that is here was left by a process that is gone.
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

/** One line that is an email, and one that is the answer. */
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
