import type { IncomingHttpHeaders } from "node:http";
import { isPlainHost } from "@/lib/core/allowed-origin";

/** A request's head, as node:http would describe it. */
type Head = {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: string[];
  readonly bodyBytes: number;
};

/** Longer heads are left to node:http. */
const mostHeadBytes = 8 * 1024;
/** Larger heads are not kept, to save memory on every connection. */
const mostKnownBytes = 2 * 1024;

/** A parsed head with its bytes up to the body. `bytes` is null if the head is not worth keeping. */
export type KnownHead = { readonly bytes: Buffer | null; readonly head: Head };

/** The first request in some bytes: its body is between `bodyAt` and `end`, and may not have arrived yet. */
export type Framed = { readonly known: KnownHead; readonly bodyAt: number; readonly end: number };

/**
 * Finds the first request in some bytes. Clients mostly repeat the same head on a connection, so identical bytes are
 * not parsed again.
 *
 * @param known the previous head on the same connection
 * @returns "partial" if the request is incomplete; "other" if it must go to node:http
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
  // Behind a gateway every head differs, since it has another client's key.
  const isKept = head.method === "POST" && bodyAt <= mostKnownBytes;
  return withBody({ bytes: isKept ? Buffer.from(bytes.subarray(0, bodyAt)) : null, head }, bodyAt);
}

function withBody(known: KnownHead, bodyAt: number): Framed {
  return { known, bodyAt, end: bodyAt + known.head.bodyBytes };
}

const beginnings = ["POST /v1/keys/verify", "GET /v1/forward-auth/", "GET /v1/auth-request/"].map((text) =>
  Buffer.from(text),
);

/** Rules out requests for other paths by their first bytes. */
function mayBecomeOne(bytes: Buffer): boolean {
  return beginnings.some((beginning) => {
    const length = Math.min(beginning.length, bytes.length);
    return beginning.compare(bytes, 0, length, 0, length) === 0;
  });
}

/** Longer bodies are left to node:http. */
const mostBodyBytes = 16 * 1024;
const mostHeaders = 100;

/** The only requests that are framed. Their paths contain no `%`, which parsers could decode differently. */
const requestLine =
  /^(?:(POST) (\/v1\/keys\/verify(?:-batch)?)|(GET) (\/v1\/(?:forward-auth|auth-request)\/[A-Za-z0-9/?._~:,;=&@!$'()*+-]+)) HTTP\/1\.1$/;

/**
 * RFC 9110, 5.1 and 5.5, without everything that parsers have disagreed on: a name of letters, digits and hyphens,
 * directly before its colon, at most one space, and a value of printable ASCII with nothing around it.
 */
const headerLine = /^([A-Za-z][A-Za-z0-9-]*): ?([!-~](?:[ -~]*[!-~])?)$/;

/** Headers that affect where a request ends or what happens to its connection, which only node:http handles. */
const othersBusiness = new Set([
  ...["transfer-encoding", "expect", "upgrade", "te", "trailer"],
  ...["proxy-connection", "keep-alive", "http2-settings"],
]);

/**
 * Parses a head if all parsers would read it alike.
 *
 * @param text up to the empty line, exclusive; one character for each byte
 * @returns null if there is the slightest doubt
 */
function readHead(text: string): Head | null {
  const [first = "", ...lines] = text.split("\r\n");
  const [, post, verify, get, auth] = requestLine.exec(first) ?? [];
  const url = verify ?? auth;
  if (url === undefined || lines.length > mostHeaders) return null;
  const headers: IncomingHttpHeaders = {};
  const rawHeaders: string[] = [];
  for (const line of lines) {
    const [, rawName, value] = headerLine.exec(line) ?? [];
    if (rawName === undefined || value === undefined) return null;
    const name = rawName.toLowerCase();
    // Parsers disagree on which of two equal headers wins. This also refuses names that every object has.
    if (headers[name] !== undefined || othersBusiness.has(name)) return null;
    headers[name] = value;
    rawHeaders.push(rawName, value);
  }
  if (!isPlainHost(headers.host ?? "")) return null;
  if ((headers.connection ?? "keep-alive").toLowerCase() !== "keep-alive") return null;
  const bodyBytes = readLength(headers["content-length"], post !== undefined);
  if (bodyBytes === null) return null;
  return { method: get === undefined ? "POST" : "GET", url, headers, rawHeaders, bodyBytes };
}

function readLength(length: string | undefined, hasBody: boolean): number | null {
  if (!hasBody) return length === undefined ? 0 : null;
  if (length === undefined || !/^[1-9]\d{0,4}$/.test(length)) return null;
  return Number(length) <= mostBodyBytes ? Number(length) : null;
}
