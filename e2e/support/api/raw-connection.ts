import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";

/** A connection to a server of this machine, on which a test writes what it likes. */
export async function openConnection(port: number, allowHalfOpen = false): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen });
  // A server that gives up may reset the connection; what it had said counts.
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** Writes bytes and gives all that comes back until the server closes the connection. */
export async function readToEnd(socket: Socket, writes: readonly (string | Buffer)[]): Promise<string> {
  let answer = "";
  socket.setEncoding("utf8").on("data", (chunk) => {
    answer += chunk;
  });
  socket.on("error", () => undefined);
  for (const bytes of writes) socket.write(bytes);
  await once(socket, "close");
  return answer;
}

/** Writes bytes and gives what came back when it holds this many answers. */
export async function readAnswers(socket: Socket, bytes: string, count = 1): Promise<string> {
  let answer = "";
  const arrived = new Promise<string>((resolve) => {
    socket.setEncoding("utf8").on("data", (chunk) => {
      answer += chunk;
      if (statusesIn(answer).length >= count) resolve(answer);
    });
    socket.once("close", () => resolve(answer));
  });
  socket.write(bytes);
  return arrived;
}

/** The status of each answer in what a connection gave. */
export function statusesIn(answers: string): number[] {
  return [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
}

/** The headers of the first answer in what a connection gave. */
export function headersIn(answers: string): Headers {
  const lines = (answers.split("\r\n\r\n", 1)[0] ?? "").split("\r\n").slice(1);
  return new Headers(
    lines.map((line): [string, string] => [
      line.split(":", 1)[0] ?? "",
      line.slice(line.indexOf(":") + 1).trim(),
    ]),
  );
}
