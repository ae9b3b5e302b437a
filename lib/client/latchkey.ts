import type { Namespace } from "@/lib/core/access/namespace";
import type { Permission } from "@/lib/core/access/permission";
import type { Verification } from "@/lib/core/keys/verification";

/** What the service asks of the key beyond being good. */
export type Demand = {
  /** Each of these must be among what the key may do; at most 100. */
  readonly permissions?: readonly Permission[] | undefined;
  /** The address of who presented the key. A key with an allowlist of addresses is refused without it. */
  readonly ip?: string | undefined;
  /** The key must belong to exactly this namespace. */
  readonly namespace?: Namespace | undefined;
};

export type Latchkey = {
  /**
   * Is this key good, for this? A token that is malformed or has a wrong checksum is told without asking anyone.
   *
   * @param token as presented, of any length and content
   * @throws LatchkeyError when there is no verdict: nothing may be let through then
   */
  readonly verify: (token: string, demand?: Demand) => Promise<Verification>;
  /**
   * In local mode, the verdict at once where this process can give it, without a promise; undefined where Latchkey
   * has to be asked, by `verify`.
   */
  readonly verifyHere: (token: string, demand?: Demand) => Verification | undefined;
  /**
   * In local mode, resolves when the organization's keys are in this process and are judged here; until then, and
   * whenever it cannot be done here, Latchkey is asked. Otherwise it resolves at once.
   */
  readonly ready: () => Promise<void>;
  /** Would a key that this process knows be judged in it, at this moment? Never, but in local mode. */
  readonly isLocal: () => boolean;
  /** Ends the connections. What is still being asked gets its answer first; what is asked later, none. */
  readonly close: () => Promise<void>;
};
