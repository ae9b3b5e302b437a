import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";

/** A connection to a local server on which a test writes any bytes. */
export async function openConnection(port: number, allowHalfOpen = false): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen });
  // A server that gives up may reset the connection; bytes it had sent count.
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** Writes bytes and returns everything received until the server closes the connection. */
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

/** Writes bytes and returns what was received once it contains this many responses. */
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

/** The status of each response in received bytes. */
export function statusesIn(answers: string): number[] {
  return [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
}

/** The headers of the first response in received bytes. */
export function headersIn(answers: string): Headers {
  const lines = (answers.split("\r\n\r\n", 1)[0] ?? "").split("\r\n").slice(1);
  return new Headers(
    lines.map((line): [string, string] => [
      line.split(":", 1)[0] ?? "",
      line.slice(line.indexOf(":") + 1).trim(),
    ]),
  );
}
