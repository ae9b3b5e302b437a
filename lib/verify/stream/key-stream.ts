import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { judgeKey } from "@/lib/core/keys/verdict";
import type { ServerLine } from "@/lib/core/keys/wire/key-wire";
import { keyStreamVersion } from "@/lib/core/keys/wire/key-wire";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { organizationPeppers } from "@/lib/token/secret";
import { onVerdictChanges, trustEndsAt } from "../changes/change-feed";
import type { ChangeScope } from "../changes/change-scope";
import { isInScope, scopeIn } from "../changes/change-scope";
import type { ClientOutcome } from "../changes/client-outcome";
import { waitingBudget } from "../limits/waiting-budget";
import { loadKeySnapshots } from "../memory/key-snapshot";
import { listKeyIds } from "../memory/list-key-ids";
import { ClientLease } from "./client-lease";
import { SnapshotFeed } from "./snapshot-feed";
import { WireEncoder } from "./wire-encoder";

export type KeyStreamPeer = {
  /** The client's own key as it was when the stream was opened, and the secret that it presented. */
  readonly caller: KeySnapshot;
  readonly secretId: string;
  /** The client's address when it opened the stream. */
  readonly address: string | null;
  readonly send: (line: ServerLine) => void;
  readonly room: () => Promise<void>;
  /** Closes the connection once everything is sent. */
  readonly hangUp: () => void;
};

/** A client's lease ends this much before this node's own, because it takes a moment to send the grant. */
const marginMs = 50;
const maximumLeaseMs = 2000;
/** A shorter lease would be useless. */
const minimumLeaseMs = 100;
/** How long the client has to confirm that it no longer uses its copies. */
const farewellMs = 1000;

/** The stream of one client; the client's lease may outlast it. */
type Phase =
  /** The client's own key is being read. Until then it gets no lease, and its last renewal waits. */
  | { readonly name: "checking"; renewal: number | null }
  | { readonly name: "open" }
  /** Nothing is sent any more. */
  | { readonly name: "ended" };

/**
 * One client that verifies in process. It has copies of its organization's keys, and a lease on them from this node,
 * which has its own lease from the database. The client's lease never outlasts the node's. The node acknowledges a
 * change only once the client has forgotten the keys that it names, or the lease that the client had then is over.
 * A closed connection does not end the lease: the client may still be using its copies.
 */
export class KeyStream {
  readonly #feed: SnapshotFeed;
  readonly #encoder = new WireEncoder();
  readonly #lease = new ClientLease();
  readonly #ignoreChanges: () => void;
  #caller: KeySnapshot;
  #phase: Phase = { name: "checking", renewal: null };

  constructor(readonly peer: KeyStreamPeer) {
    const { organizationId } = peer.caller;
    this.#caller = peer.caller;
    // Subscribe before reading anything, so that no later change is missed.
    this.#ignoreChanges = onVerdictChanges((changes) => {
      const scope = scopeIn(changes, organizationId);
      return scope === null ? undefined : this.#changed(scope);
    });
    this.#sayHello();
    this.#feed = new SnapshotFeed({
      organizationId,
      list: (...page) => listKeyIds(organizationId, ...page),
      load: async (keyIds) => {
        const found = [...(await loadKeySnapshots(keyIds)).values()];
        return found.filter((key) => key.organizationId === organizationId);
      },
      sendKeys: (keys) => {
        for (const line of this.#encoder.encode(keys)) this.#send(line);
      },
      sendLoaded: () => this.#send({ loaded: true }),
      room: peer.room,
    });
    void this.#feed.run();
    void this.#checkCaller();
  }

  #sayHello(): void {
    const { organizationId } = this.#caller;
    const { current, byVersion } = organizationPeppers(env().peppers, organizationId);
    this.#send({
      hello: keyStreamVersion,
      organizationId,
      currentPepper: current,
      peppers: [...byVersion].map(([version, pepper]) => [version, pepper.toString("base64")]),
    });
  }

  /** Answers a renewal. The client's lease starts when it sends the renewal, so a late answer grants no extra time. */
  renew(renewal: number): void {
    // A key can expire without any change being announced.
    if (!mayStream(this.#caller, this.peer)) this.end(rightLost);
    switch (this.#phase.name) {
      case "ended":
        return;
      case "checking":
        this.#phase.renewal = renewal;
        return;
      case "open": {
        const ms = this.#leaseMs();
        if (ms > 0) this.#lease.grant(ms);
        this.#send({ lease: renewal, ms, now: Date.now() });
      }
    }
  }

  /** How long a lease the client may get now; 0 for none. */
  #leaseMs(): number {
    const left = Math.floor(Math.min(maximumLeaseMs, trustEndsAt() - performance.now() - marginMs));
    const isGranted =
      this.#lease.hasAcknowledgedAll() &&
      left >= minimumLeaseMs &&
      waitingBudget.allowsLease(this.#caller.organizationId, performance.now());
    return isGranted ? left : 0;
  }

  acknowledge(change: number): void {
    this.#lease.acknowledge(change);
  }

  /** Tells the client to stop. Its lease counts until the client confirms or the lease ends. */
  end(reason: string): void {
    if (this.#phase.name === "ended") return;
    this.#send({ end: reason });
    this.#stop();
    setTimeout(() => this.peer.hangUp(), farewellMs).unref();
  }

  /** Call it when the client no longer uses its copies, whichever side ended the stream. */
  confirmEnd(): void {
    this.#stop();
    this.#lease.giveBack();
    this.peer.hangUp();
  }

  /** Call it when the connection is closed. Resolves when the client has no lease. */
  async closed(): Promise<void> {
    this.#stop();
    await this.#lease.over();
    this.#ignoreChanges();
  }

  #stop(): void {
    this.#phase = { name: "ended" };
    this.#feed.end();
  }

  /** Resolves when the client can no longer use its copies from before the change, with the reason why. */
  async #changed(scope: ChangeScope): Promise<ClientOutcome> {
    const change = this.#lease.addChange();
    if (this.#phase.name !== "ended") {
      const { keyIds, userIds, all } = scope;
      if (all) this.#encoder.reset();
      this.#send({ changed: change, keyIds: [...keyIds], userIds: [...userIds], all });
      this.#feed.changed(scope);
      if (isInScope(scope, this.#caller)) void this.#checkCaller();
    }
    const { id: keyId, name, organizationId } = this.#caller;
    const client = { organizationId, keyId, name, address: this.peer.address };
    if (!this.#lease.isHeld()) return { ...client, state: "no_lease" };
    const begunAt = performance.now();
    const isAcknowledged = await this.#lease.forgotten(change);
    // A client that received the change would have acknowledged it. This one may have missed anything, so it must
    // reconnect.
    if (!isAcknowledged) this.end("A change was not acknowledged in time.");
    const now = performance.now();
    waitingBudget.take(organizationId, now - begunAt, now);
    return { ...client, state: isAcknowledged ? "acknowledged" : "lease_ended" };
  }

  /** Reads the client's own key again. The client gets no lease until that is done. */
  async #checkCaller(): Promise<void> {
    const renewal = this.#phase.name === "checking" ? this.#phase.renewal : null;
    const checking: Phase = { name: "checking", renewal };
    this.#phase = checking;
    const { id } = this.#caller;
    try {
      const caller = (await loadKeySnapshots([id])).get(id);
      // The stream ended, or the key changed again and a newer read decides.
      if (this.#phase !== checking) return;
      if (caller === undefined || !mayStream(caller, this.peer)) return this.end(rightLost);
      this.#caller = caller;
      this.#phase = { name: "open" };
      if (checking.renewal !== null) this.renew(checking.renewal);
    } catch (error) {
      log().warn(error, "a client's own key could not be read");
      this.end("Latchkey cannot read this client's own key.");
    }
  }

  #send(line: ServerLine): void {
    if (this.#phase.name !== "ended") this.peer.send(line);
  }
}

const rightLost = "This client's own key may no longer verify keys.";

/**
 * May this key receive all keys of its organization? A key of an application may not: it reaches only that application,
 * and clients compare tokens with the organization's pepper. Decided by the same pure verdict as each request.
 */
export function mayStream(
  key: KeySnapshot,
  { secretId, address }: Pick<KeyStreamPeer, "secretId" | "address">,
): boolean {
  const namespace = { type: "organization", id: key.organizationId } as const;
  const demand = { permissions: ["keys:verify"], namespace, address };
  return judgeKey(key, (secret) => secret.id === secretId, demand, new Date()).code === "VALID";
}
