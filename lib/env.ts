import type { Peppers } from "@/lib/token/secret";
import { remember } from "./remember";

export type Env = {
  readonly port: number;
  readonly host: string;
  /** Where people reach the dashboard; no slash at the end. */
  readonly appUrl: string;
  readonly appUrlIsSet: boolean;
  readonly dataDir: string;
  /** Undefined: the embedded database under `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Where the rate limits of keys are counted for all nodes. Undefined: on each node by itself. */
  readonly redisUrl: string | undefined;
  readonly authSecret: string;
  readonly peppers: Peppers;
  readonly bootstrapOwner:
    | { readonly email: string; readonly password: string; readonly organization: string }
    | undefined;
  /** The mail server, and whom its mails are from. Undefined: nothing is mailed. */
  readonly smtp:
    | {
        readonly host: string;
        readonly port: number;
        readonly secure: boolean;
        readonly user: string | undefined;
        readonly password: string | undefined;
        readonly from: string;
        /** For all of one mail, from the name's lookup to the server's last word. */
        readonly patienceMs: number;
      }
    | undefined;
  /** Where the public keys stand by which GitHub's secret scanning signs. */
  readonly githubKeysUrl: string;
  /** How many keys a process remembers at most. */
  readonly cachedKeys: number;
  /** What reads the metrics from another machine. Undefined: nothing does. */
  readonly metricsToken: string | undefined;
  /** How long a connection stays open without a request. */
  readonly keepAliveSeconds: number;
  /** CIDRs whose X-Forwarded-For counts. */
  readonly trustedProxies: readonly string[];
};

const holder = remember<{ env?: Env }>("latchkeyEnv", () => ({}));

/** The environment as parsed at start. */
export function env(): Env {
  if (holder.env === undefined) throw new Error("The environment has not been read yet");
  return holder.env;
}

/** Called once, by what starts the process. */
export function setEnv(parsed: Env): void {
  holder.env = parsed;
}
