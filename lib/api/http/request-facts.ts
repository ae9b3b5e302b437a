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

/**
 * The same as of now. A request may have been sent long before it is carried out: its body arrives slowly, or it waits
 * for its turn. What it asks for happens now.
 */
export function asOfNow<Facts extends { readonly at: Date }>(facts: Facts): Facts {
  return { ...facts, at: new Date() };
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
