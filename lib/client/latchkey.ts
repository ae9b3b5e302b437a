import type { Namespace } from "@/lib/core/access/namespace";
import type { Permission } from "@/lib/core/access/permission";
import type { Verification } from "./verification";

/** What the service requires of a key besides being valid. */
export type Demand = {
  /** The key must have all of these permissions; at most 100. */
  readonly permissions?: readonly Permission[] | undefined;
  /** The address of the caller that presented the key. Without it, a key with an allowlist of addresses is refused. */
  readonly ip?: string | undefined;
  /** The key must belong to exactly this namespace. */
  readonly namespace?: Namespace | undefined;
};

export type ReadyOptions = {
  /** How long to wait, in milliseconds. By default, waits until the keys have arrived. */
  readonly timeoutMs?: number | undefined;
};

export type Latchkey = {
  /**
   * Is this key valid for this demand? A token that is malformed or has a wrong checksum is answered without a request.
   *
   * @param token as presented, of any length and content
   * @throws LatchkeyError when there is no verdict; let nothing through then
   */
  readonly verify: (token: string, demand?: Demand) => Promise<Verification>;
  /**
   * In local mode, the verdict without a promise, if this process can give it; undefined if Latchkey has to be asked
   * with `verify`.
   */
  readonly verifyHere: (token: string, demand?: Demand) => Verification | undefined;
  /**
   * In local mode, resolves once the organization's keys are in this process and verified here. Until then, and
   * whenever this process cannot give a verdict, Latchkey is asked. In HTTP mode it resolves at once.
   *
   * While it waits, it keeps the process running.
   *
   * @throws LatchkeyError `unavailable` after `timeoutMs`, `refused` if Latchkey refuses the service's key, `closed`
   * after `close()`. Unless closed, the client keeps trying to connect.
   */
  readonly ready: (options?: ReadyOptions) => Promise<void>;
  /** Would a key that this process knows be verified here right now? Always false in HTTP mode. */
  readonly isLocal: () => boolean;
  /** Closes the connections, after pending verifications are answered. Later ones fail with `closed`. */
  readonly close: () => Promise<void>;
};
