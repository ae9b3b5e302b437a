import type { IncomingMessage } from "node:http";

/** When, from where and by which client a request was sent. Reads the headers that markRequest sets. */
export type RequestFacts = {
  readonly at: Date;
  readonly requestId: string;
  readonly address: string | null;
  readonly userAgent: string | null;
};

export function requestFacts({ headers }: IncomingMessage): RequestFacts {
  return {
    at: new Date(),
    requestId: single(headers["x-request-id"]) ?? "",
    address: single(headers["x-latchkey-address"]) || null,
    userAgent: headers["user-agent"] ?? null,
  };
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
