import type { IncomingMessage } from "node:http";

/** A request without its body, parsed by node:http or by the framer. */
export type RequestHead = Pick<IncomingMessage, "method" | "url" | "headers" | "rawHeaders" | "socket">;

/** The parts of a response that are used, implemented by node:http and by framed connections. */
export type Answering = {
  readonly statusCode: number;
  /** @param headers alternating names and values */
  readonly writeHead: (status: number, headers: string[]) => unknown;
  readonly end: (body: string) => unknown;
  /** Gives up the connection. */
  readonly destroy: () => unknown;
};
