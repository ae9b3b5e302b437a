import type { Head } from "./read-head";
import { readHead } from "./read-head";

/** A longer head is node:http's. */
const mostHeadBytes = 8 * 1024;
/** A longer one is not worth its memory on every connection. */
const mostKnownBytes = 2 * 1024;

/** A head that was read before, with its bytes up to the body. */
export type KnownHead = { readonly bytes: Buffer | null; readonly head: Head };

/** The request that some bytes begin with: its body is between `bodyAt` and `end`, and may not have arrived yet. */
export type Framed = { readonly known: KnownHead; readonly bodyAt: number; readonly end: number };

/**
 * Finds the request that some bytes begin with. A connection's client mostly sends the same head again and again: the
 * same bytes are not read twice.
 *
 * @param known the head before it on the same connection
 * @returns "partial" if more bytes may make it one; "other" if it is not one that is framed here
 */
export function frame(bytes: Buffer, known: KnownHead | null): Framed | "partial" | "other" {
  const before = known?.bytes?.length ?? 0;
  if (known?.bytes && bytes.length >= before && known.bytes.compare(bytes, 0, before) === 0) {
    return withBody(known, before);
  }
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return bytes.length <= mostHeadBytes && mayBecomeOne(bytes) ? "partial" : "other";
  const bodyAt = headEnd + 4;
  if (bodyAt > mostHeadBytes || !mayBecomeOne(bytes)) return "other";
  const head = readHead(bytes.toString("latin1", 0, headEnd));
  if (head === null) return "other";
  // At a gateway each head carries another client's key.
  const isKept = head.method === "POST" && bodyAt <= mostKnownBytes;
  return withBody({ bytes: isKept ? Buffer.from(bytes.subarray(0, bodyAt)) : null, head }, bodyAt);
}

function withBody(known: KnownHead, bodyAt: number): Framed {
  return { known, bodyAt, end: bodyAt + known.head.bodyBytes };
}

const beginnings = ["POST /v1/keys/verify", "GET /v1/forward-auth/", "GET /v1/auth-request/"].map((text) =>
  Buffer.from(text),
);

/** Tells requests for other addresses by their first bytes. */
function mayBecomeOne(bytes: Buffer): boolean {
  return beginnings.some((beginning) => {
    const length = Math.min(beginning.length, bytes.length);
    return beginning.compare(bytes, 0, length, 0, length) === 0;
  });
}
