import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request as it arrived at the service behind a gateway. */
export type Arrived = {
  readonly method: string;
  readonly url: string;
  /** Alternating names and values. */
  readonly headers: readonly string[];
  /** The size of the body. */
  readonly bytes: number;
};

/** Starts a service that reports what arrived, with the status named in the path: `/status/403`. */
export async function startGuardedService(): Promise<{ readonly port: number; readonly stop: () => void }> {
  const server = createServer({ maxHeaderSize: 65_536 }, async (incoming, outgoing) => {
    const { method, url, rawHeaders: headers } = incoming;
    const bytes = (await text(incoming)).length;
    outgoing.statusCode = Number(/^\/status\/(\d+)/.exec(url ?? "")?.[1] ?? 200);
    outgoing.end(JSON.stringify({ method, url, headers, bytes }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { port: (server.address() as AddressInfo).port, stop };
}

export function arrivedAt({ text: json }: { readonly text: string }): Arrived {
  return JSON.parse(json);
}

/** All non-empty headers that a service could mistake for Latchkey's. */
export function identityIn({ headers }: Arrived): [name: string, value: string][] {
  const pairs = headers.flatMap((name, index): [string, string][] =>
    index % 2 === 0 && /latchkey/i.test(name) ? [[name.toLowerCase(), headers[index + 1] ?? ""]] : [],
  );
  return pairs.filter(([, value]) => value !== "");
}

export type Sent = {
  readonly method?: string;
  readonly path?: string;
  /** Several values are sent as several headers. */
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string;
  /** The client's own address. */
  readonly from?: string;
};

/** Sends one request on a new connection. */
export async function askGateway(
  port: number,
  { method = "GET", path = "/orders", headers = {}, body, from = "127.0.0.1" }: Sent,
) {
  const address = { host: "127.0.0.1", port, localAddress: from, agent: false };
  const sent = request({ ...address, method, path, headers });
  sent.end(body);
  const [answer] = await once(sent, "response");
  return { status: answer.statusCode as number, headers: answer.headers, text: await text(answer) };
}
