import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { LatchkeyError } from "./latchkey-error";

/** More than any verdict needs: a longer answer did not come from Latchkey. */
const maximumAnswerBytes = 1024 * 1024;

export type ServerOptions = {
  /** Latchkey's address, with the path if it is not at the root. */
  readonly url: URL;
  /** The service's own secret key. */
  readonly key: string;
  readonly timeoutMs: number;
  readonly maxConnections: number;
  readonly userAgent: string;
};

export type Answer = {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string;
};

/** Keep-alive connections to one Latchkey. */
export type Server = {
  /** @throws LatchkeyError when no complete answer came in time */
  readonly post: (path: string, body: string) => Promise<Answer>;
  /** Starts a request that stays open. Only the caller limits its time. */
  readonly open: (path: string, headers: Record<string, string>) => ClientRequest;
  readonly close: () => void;
};

export function connectServer(options: ServerOptions): Server {
  const { url } = options;
  const isTls = url.protocol === "https:";
  const agentOptions = { keepAlive: true, maxSockets: options.maxConnections, scheduling: "lifo" } as const;
  const agent = isTls ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const start = isTls ? httpsRequest : httpRequest;
  const prefix = url.pathname.replace(/\/$/, "");
  const begin = (path: string, over: RequestOptions, headers: Record<string, string | number>) =>
    start({
      host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: url.port === "" ? undefined : url.port,
      method: "POST",
      path: prefix + path,
      headers: { Authorization: `Bearer ${options.key}`, "User-Agent": options.userAgent, ...headers },
      ...over,
    });

  const postOnce = (path: string, body: string, signal: AbortSignal) =>
    new Promise<Answer>((resolve, reject) => {
      const length = Buffer.byteLength(body);
      const headers = { "Content-Type": "application/json", "Content-Length": length };
      const sending = begin(path, { agent, signal }, headers);
      sending.once("response", (response) => readAnswer(response).then(resolve, reject));
      sending.once("error", (error) => reject(new Unsent(sending.reusedSocket, error)));
      sending.end(body);
    });

  return {
    post: async (path, body) => {
      const signal = AbortSignal.timeout(options.timeoutMs);
      try {
        return await postOnce(path, body, signal);
      } catch (error) {
        // The server may have closed a kept-alive connection just then. Repeating a verification is harmless.
        const again = error instanceof Unsent && error.wasKept && !signal.aborted;
        if (!again) throw unavailable(error, signal, options.timeoutMs);
        return await postOnce(path, body, signal).catch((second: unknown) => {
          throw unavailable(second, signal, options.timeoutMs);
        });
      }
    },
    // The stream gets its own connection: it would occupy a pooled one for as long as it lasts.
    open: (path, headers) => begin(path, { agent: false }, headers),
    close: () => agent.destroy(),
  };
}

/** No answer started. Says whether the connection had served another request before. */
class Unsent extends Error {
  readonly wasKept: boolean;
  constructor(wasKept: boolean, cause: unknown) {
    super("no answer", { cause });
    this.wasKept = wasKept;
  }
}

/** Errors of node:http name addresses and ports, never headers or bodies, so they may be passed on. */
function unavailable(error: unknown, signal: AbortSignal, timeoutMs: number): LatchkeyError {
  if (signal.aborted)
    return new LatchkeyError("unavailable", `Latchkey did not answer within ${timeoutMs} ms.`);
  const cause = error instanceof Unsent ? error.cause : error;
  return new LatchkeyError("unavailable", "Latchkey could not be reached.", { cause });
}

function readAnswer(response: IncomingMessage): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let body = "";
    response.setEncoding("utf8");
    response.on("data", (text: string) => {
      body += text;
      if (body.length > maximumAnswerBytes) response.destroy(new Error("the answer is too long"));
    });
    response.once("error", reject);
    response.once("aborted", () => reject(new Error("the answer broke off")));
    response.once("end", () => {
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"], body });
    });
  });
}
