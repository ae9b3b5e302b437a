import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** One exchange: headers and body of both sides as they went over the wire. */
export type Exchange = { readonly asked: string; readonly answered: string };

export type RecordingProxy = {
  readonly url: string;
  /** All exchanges since the start. */
  readonly exchanges: () => readonly Exchange[];
  /** Where requests are forwarded to. */
  readonly forwardTo: (url: string) => void;
  readonly close: () => Promise<void>;
};

/**
 * A proxy between a browser and a server that records every byte. A browser's own tools drop bodies, especially of
 * streamed responses.
 */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  let forward = "";
  const proxy = createServer((incoming, outgoing) => {
    const asked: Buffer[] = [];
    const answered: Buffer[] = [];
    const headers = { ...incoming.headers, "accept-encoding": "identity" };
    const { method, url: path } = incoming;
    const { hostname, port } = new URL(forward);
    // One connection per request, because the server may close a kept one just as it is reused.
    const target = { hostname, port, agent: false };
    const onward = request({ ...target, method, path, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.rawHeaders);
      response.on("data", (chunk: Buffer) => {
        answered.push(chunk);
        outgoing.write(chunk);
      });
      response.on("end", () => {
        outgoing.end();
        exchanges.push({
          asked: `${method} ${path}\n${incoming.rawHeaders.join("\n")}\n${Buffer.concat(asked)}`,
          answered: `${response.rawHeaders.join("\n")}\n${Buffer.concat(answered)}`,
        });
      });
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.on("data", (chunk: Buffer) => {
      asked.push(chunk);
      onward.write(chunk);
    });
    incoming.on("end", () => onward.end());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    url: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    exchanges: () => exchanges,
    forwardTo: (url) => {
      forward = url.replace("localhost", "127.0.0.1");
    },
    close: async () => {
      const closed = once(proxy, "close");
      proxy.close();
      proxy.closeAllConnections();
      await closed;
    },
  };
}
