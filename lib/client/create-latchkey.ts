import { parseToken } from "@/lib/token/format";
import { mayBeImported } from "@/lib/token/imported-token";
import { connectServer } from "./ask-server";
import { askVerification } from "./ask-verification";
import type { Demand, Latchkey } from "./latchkey";
import { LatchkeyError } from "./latchkey-error";
import { LocalKeys } from "./local-keys";
import type { Verification } from "./verification";

export type LatchkeyOptions = {
  /** Latchkey's address, such as `https://keys.example.com`. Over plain HTTP tokens can be read in transit. */
  readonly url: string;
  /** A secret key of the organization whose keys are verified, with the permission `keys:verify`. */
  readonly key: string;
  /**
   * `http`, the default, asks Latchkey about each token. With `local` this process keeps a copy of everything that
   * verdicts on the organization's keys depend on and verifies with it; a revocation then waits for this process too.
   */
  readonly mode?: "http" | "local";
  /** How long to wait for an answer, in milliseconds; 3000 by default. */
  readonly timeoutMs?: number;
  /** How many connections may be open at a time; 64 by default. */
  readonly maxConnections?: number;
};

const nothing = {};
const version = "0.1.0";

/**
 * Connects a service to its Latchkey. Presented tokens are sent nowhere else and never stored.
 *
 * @throws TypeError when the url or the key is invalid
 */
export function createLatchkey(options: LatchkeyOptions): Latchkey {
  const url = new URL(options.url);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new TypeError("url is not an HTTP address");
  if (url.username !== "" || url.search !== "" || url.hash !== "") {
    throw new TypeError("url must contain only an address and a path");
  }
  if (parseToken(options.key)?.type !== "secret")
    throw new TypeError("key is not a whole secret key (lk_sk_...)");
  const server = connectServer({
    url,
    key: options.key,
    timeoutMs: options.timeoutMs ?? 3000,
    maxConnections: options.maxConnections ?? 64,
    userAgent: `latchkey-client/${version} node/${process.versions.node}`,
  });

  const keys = options.mode === "local" ? new LocalKeys(server) : null;
  const pending = new Set<Promise<unknown>>();
  let isClosed = false;
  const ask = async (token: string, demand: Demand): Promise<Verification> => {
    if (isClosed) throw new LatchkeyError("closed", "This client was closed.");
    // A token of another form can be an imported key's, which only Latchkey knows.
    if (parseToken(token) === null && !mayBeImported(token)) return { valid: false, code: "MALFORMED" };
    const asked = askVerification(server, token, demand);
    pending.add(asked);
    return await asked.finally(() => pending.delete(asked));
  };
  return {
    verify: (token, demand = nothing) => {
      const verification = keys?.judge(token, demand);
      return verification === undefined ? ask(token, demand) : Promise.resolve(verification);
    },
    verifyHere: (token, demand = nothing) => keys?.judge(token, demand),
    ready: async (options) => keys?.ready(options?.timeoutMs),
    isLocal: () => keys?.isTrusted ?? false,
    close: async () => {
      isClosed = true;
      await Promise.allSettled([...pending, keys?.close()]);
      server.close();
    },
  };
}
