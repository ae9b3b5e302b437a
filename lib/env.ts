import type { Peppers } from "@/lib/token/secret";
import { remember } from "./remember";

export type Env = {
  readonly port: number;
  readonly host: string;
  /** How many worker processes share the port. */
  readonly workers: number;
  /** Where people reach the dashboard; no slash at the end. */
  readonly appUrl: string;
  readonly appUrlIsSet: boolean;
  readonly dataDir: string;
  /** Undefined uses the embedded database under `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Where rate limits of keys are counted across all nodes. Undefined: each node counts for itself. */
  readonly redisUrl: string | undefined;
  readonly authSecret: string;
  readonly peppers: Peppers;
  readonly bootstrapOwner:
    | { readonly email: string; readonly password: string; readonly organization: string }
    | undefined;
  /** The mail server and the sender's address. Undefined: no mail is sent. */
  readonly smtp:
    | {
        readonly host: string;
        readonly port: number;
        readonly secure: boolean;
        readonly user: string | undefined;
        readonly password: string | undefined;
        readonly from: string;
        /** The time limit for sending one mail, from the DNS lookup to the server's last reply. */
        readonly patienceMs: number;
      }
    | undefined;
  /** The URL of the public keys that verify reports of GitHub's secret scanning. */
  readonly githubKeysUrl: string;
  /** The most keys that a process caches. */
  readonly cachedKeys: number;
  /** The token for reading the metrics from another machine. Undefined: they can only be read locally. */
  readonly metricsToken: string | undefined;
  /** How long a connection stays open without a request. */
  readonly keepAliveSeconds: number;
  /** Whether the framer handles new connections. If not, node:http parses every request. */
  readonly framer: boolean;
  /** CIDRs of proxies whose X-Forwarded-For is trusted. */
  readonly trustedProxies: readonly string[];
  /** CIDRs of private addresses that webhooks may reach. */
  readonly webhookAllowedAddresses: readonly string[];
};

const holder = remember<{ env?: Env }>("latchkeyEnv", () => ({}));

/** The environment as parsed at start. */
export function env(): Env {
  if (holder.env === undefined) throw new Error("The environment has not been read yet");
  return holder.env;
}

/** Called once, when the process starts. */
export function setEnv(parsed: Env): void {
  holder.env = parsed;
}
