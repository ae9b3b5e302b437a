import dns from "node:dns/promises";
import type { IncomingMessage } from "node:http";
import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { isIP } from "node:net";
import { isAllowed, isReachable } from "@/lib/core/webhooks/reachable-address";
import { withoutTokenText } from "@/lib/services/leaks/without-token-text";

/** What came of an attempt. Without a status there was no answer. */
export type Attempt = {
  readonly status: number | null;
  readonly body: string | null;
  /** In a few words; null if there was an answer. */
  readonly error: string | null;
};

type Message = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** CIDRs that may be reached although they are private. */
  readonly allowed: readonly string[];
  /** May what this address answers be shown to the endpoint's owners? If not, only the status is kept. */
  readonly isShown: (address: string) => boolean;
  /** Ends the attempt early, when the server stops. */
  readonly signal: AbortSignal;
};

/** For finding the address and connecting, and for all of an attempt. */
const connectMs = 4_000;
const attemptMs = 10_000;
/** What is read of an answer, and what is kept of it. */
const readBytes = 64 * 1024;
const keptBytes = 1024;
/** After the status is known: a slow body holds up no other message for longer. */
const bodyMs = 2_000;

/**
 * Sends a message once. The addresses of the name are looked up here, checked, and connected to: nothing asks for them
 * again, so an answer that changes meanwhile leads nowhere else. A redirect is an answer like any other. The status
 * decides, however long the rest of the answer is or takes.
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

/** One word for a name that leads nowhere and one that leads inside: nobody finds out by it what there is inside. */
const notReachable = "no reachable address";

const failed = (error: string): Attempt => ({ status: null, body: null, error });

/** Those of the host's addresses that may be connected to: with TLS public and allowed ones, without it allowed ones only. */
async function reachableAddresses({ url, allowed }: Message): Promise<readonly string[]> {
  const mayReach = url.protocol === "https:" ? isReachable : isAllowed;
  return (await addressesOf(url.hostname)).filter((address) => mayReach(address, allowed));
}

/**
 * Asks DNS itself: the operating system's lookup would wait in the threads that hash passwords, for as long as a slow
 * name server likes.
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
      // A connection of its own: none is shared with another tenant's endpoint.
      agent: false,
      ...{ lookup, signal },
    });
    sent.once("socket", (socket) => socket.once("connect", onConnect));
    sent.once("response", resolve);
    // An answer like any other, but its end would never be told.
    sent.once("upgrade", (response) => {
      response.destroy();
      resolve(response);
    });
    sent.once("error", reject);
    // Whatever the other side does, one of these comes, even if the request emits no error for it.
    sent.once("close", () => reject(new Error("closed")));
    signal.addEventListener("abort", () => reject(new Error("timeout")), { once: true });
    sent.end(body);
  });
}

/** The beginning of an answer's body. What does not arrive does not matter any more. */
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
    // Broken off, or too slow.
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
  // If the time is over first, nobody waits for a failure any more.
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

/** Never the message of an error: it may quote what was sent. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  if (error.message === "timeout") return "timeout";
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (/CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code)) return "no valid certificate";
  if (code.startsWith("HPE_")) return "not an HTTP answer";
  return words[code] ?? "connection failed";
}
