import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type ReceivedWebhook = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly payload: { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
};
type Answer = (webhook: ReceivedWebhook, response: ServerResponse, request: IncomingMessage) => void;

export type WebhookReceiver = {
  readonly url: string;
  readonly port: number;
  /** All messages, in the order in which they were complete. */
  readonly received: readonly ReceivedWebhook[];
  /** Sets the response from now on. */
  readonly answerWith: (answer: Answer) => void;
  readonly close: () => Promise<void>;
};

const accept: Answer = (_, response) => void response.writeHead(204).end();

/** Starts a real local HTTP server that keeps the messages it receives, and answers 204 by default. */
export async function startWebhookReceiver(port = 0): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  let answer = accept;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { url: path = "", headers } = request;
    const webhook = { path, headers, body, payload: JSON.parse(body) };
    received.push(webhook);
    answer(webhook, response, request);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${address.port}/hooks`, port: address.port, received },
    answerWith: (next) => {
      answer = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The headers in the form that webhook libraries expect. */
export function signedHeaders({ headers }: ReceivedWebhook): Record<string, string> {
  const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
  return Object.fromEntries(names.map((name) => [name, String(headers[name])]));
}
