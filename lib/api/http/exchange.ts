import type { IncomingMessage } from "node:http";

/** What is read of a request besides its body, whether node:http or the framer parsed it. */
export type RequestHead = Pick<IncomingMessage, "method" | "url" | "headers" | "rawHeaders" | "socket">;

/** What a response needs to be able to do: node:http's own can, and a framed connection. */
export type Answering = {
  readonly statusCode: number;
  /** @param headers alternating names and values */
  readonly writeHead: (status: number, headers: string[]) => unknown;
  readonly end: (body: string) => unknown;
  /** Gives up the connection. */
  readonly destroy: () => unknown;
};
