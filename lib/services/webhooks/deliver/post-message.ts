import dns from "node:dns/promises";
import type { IncomingMessage } from "node:http";
import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { isIP } from "node:net";
import { isAllowed, isReachable } from "@/lib/core/webhooks/reachable-address";
import { withoutTokenText } from "@/lib/services/leaks/without-token-text";

/** The outcome of an attempt. Without a status, there was no answer. */
export type Attempt = {
  readonly status: number | null;
  readonly body: string | null;
  /** A few words about the failure; null if there was an answer. */
  readonly error: string | null;
};

type Message = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** CIDRs of private addresses that may be reached. */
  readonly allowed: readonly string[];
  /** Whether the endpoint's owners may see what this address answers. If not, only the status is kept. */
  readonly isShown: (address: string) => boolean;
  /** Ends the attempt early, when the server stops. */
  readonly signal: AbortSignal;
};

/** The time limits for looking up and connecting, and for the whole attempt. */
const connectMs = 4_000;
const attemptMs = 10_000;
/** How many bytes of an answer are read, and how many are stored. */
const readBytes = 64 * 1024;
const keptBytes = 1024;
/** How long to read the body once the status is known, so that a slow body delays no other messages. */
const bodyMs = 2_000;

/**
 * Sends a message once. Looks up the host's addresses here, checks them and connects to them directly, so a DNS answer
 * that changes meanwhile has no effect. Redirects are not followed. Only the status decides about success, however long
 * the rest of the answer is or takes.
 *
 * Never throws.
 */
export async function postMessage(message: Message): Promise<Attempt> {
  let isShown = true;
  const limit = new AbortController();
  const timers = [setTimeout(() => limit.abort(), attemptMs)];
  const signal = AbortSignal.any([limit.signal, message.signal]);
  try {
    const addresses = await within(reachableAddresses(message), connectMs);
    if (addresses.length === 0) return failed(notReachable);
    isShown = addresses.every(message.isShown);
    const connecting = new AbortController();
    timers.push(setTimeout(() => connecting.abort(), connectMs));
    const onConnect = () => clearTimeout(timers[1]);
    const any = AbortSignal.any([signal, connecting.signal]);
    const response = await send(message, addresses, any, onConnect);
    if (!isShown) response.destroy();
    const body = isShown ? await beginningOf(response) : null;
    return { status: response.statusCode ?? 0, body, error: null };
  } catch (error) {
    const words = limit.signal.aborted ? "timeout" : wordsOf(error);
    return failed(isShown || words === notReachable ? words : "no answer");
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

/**
 * The same error for a name without addresses and for one with private addresses, so that nobody can explore the
 * internal network.
 */
const notReachable = "no reachable address";

const failed = (error: string): Attempt => ({ status: null, body: null, error });

/**
 * Those of the host's addresses that may be connected to: public and allowed ones with TLS, only allowed ones without.
 */
async function reachableAddresses({ url, allowed }: Message): Promise<readonly string[]> {
  const mayReach = url.protocol === "https:" ? isReachable : isAllowed;
  return (await addressesOf(url.hostname)).filter((address) => mayReach(address, allowed));
}

/**
 * Queries DNS directly: the operating system's lookup would occupy the threads that hash passwords for as long as a
 * slow name server takes.
 */
async function addressesOf(hostname: string): Promise<readonly string[]> {
  const literal = hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0) return [literal];
  if (literal === "localhost" || literal.endsWith(".localhost")) return ["127.0.0.1", "::1"];
  const [four, six] = await Promise.allSettled([dns.resolve4(literal), dns.resolve6(literal)]);
  const found = [four, six].flatMap((each) => (each.status === "fulfilled" ? each.value : []));
  if (found.length === 0 && four.status === "rejected") throw four.reason;
  return found;
}

function send(
  { url, headers, body }: Message,
  addresses: readonly string[],
  signal: AbortSignal,
  onConnect: () => void,
): Promise<IncomingMessage> {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  const lookup: LookupFunction = (_, options, callback) => {
    const [first] = found;
    if (options.all === true) callback(null, found);
    else callback(null, first?.address ?? "", first?.family);
  };
  const request = url.protocol === "https:" ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body));
    const sent = request(url, {
      method: "POST",
      headers: {
        ...{ "content-type": "application/json", "content-length": length },
        ...{ "user-agent": "Latchkey-Webhooks/1", connection: "close" },
        ...headers,
      },
      // Each delivery has its own connection, so none is shared with another tenant's endpoint.
      agent: false,
      ...{ lookup, signal },
    });
    sent.once("socket", (socket) => socket.once("connect", onConnect));
    sent.once("response", resolve);
    // Treat this as an answer, although the end of its body would never be reported.
    sent.once("upgrade", (response) => {
      response.destroy();
      resolve(response);
    });
    sent.once("error", reject);
    // "close" always comes, even if the request emits no error.
    sent.once("close", () => reject(new Error("closed")));
    signal.addEventListener("abort", () => reject(new Error("timeout")), { once: true });
    sent.end(body);
  });
}

/** The start of an answer's body. The rest is ignored. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const kept: Buffer[] = [];
  let bytes = 0;
  const timer = setTimeout(() => response.destroy(), bodyMs);
  try {
    for await (const chunk of response) {
      const part: Buffer = chunk;
      if (bytes < keptBytes) kept.push(part.subarray(0, keptBytes - bytes));
      bytes += part.length;
      if (bytes > readBytes) break;
    }
  } catch {
    // The body was broken off, or too slow.
  } finally {
    clearTimeout(timer);
    response.destroy();
  }
  return withoutTokenText(Buffer.concat(kept).toString("utf8"), { maximumLength: keptBytes });
}

async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("timeout")), milliseconds);
  });
  // If the time runs out first, nobody handles a later failure.
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection broken off",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  ENOTFOUND: notReachable,
  ENODATA: notReachable,
  ESERVFAIL: notReachable,
  ABORT_ERR: "timeout",
};

/** Never uses an error's message, which may quote what was sent. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  if (error.message === "timeout") return "timeout";
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (/CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code)) return "no valid certificate";
  if (code.startsWith("HPE_")) return "not an HTTP answer";
  return words[code] ?? "connection failed";
}
