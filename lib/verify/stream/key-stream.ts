import { setTimeout as sleep } from "node:timers/promises";
import type { ServerLine } from "@/lib/core/keys/key-wire";
import { keyStreamVersion } from "@/lib/core/keys/key-wire";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { judgeKey } from "@/lib/core/keys/verdict";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { organizationPeppers } from "@/lib/token/secret";
import { onVerdictChanges, trustEndsAt } from "../changes/change-feed";
import type { ChangeScope } from "../changes/change-scope";
import { isInScope, scopeIn } from "../changes/change-scope";
import { waitingBudgetOf } from "../limits/waiting-budget";
import { loadKeySnapshots } from "../memory/key-snapshot";
import { listKeyIds } from "../memory/list-key-ids";
import { SnapshotFeed } from "./snapshot-feed";
import { WireEncoder } from "./wire-encoder";

export type KeyStreamPeer = {
  /** The client's own key as it was a moment ago, and the secret by which it proved itself. */
  readonly caller: KeySnapshot;
  readonly secretId: string;
  /** From where the stream was opened. */
  readonly address: string | null;
  readonly send: (line: ServerLine) => void;
  readonly room: () => Promise<void>;
  /** Ends the connection after what was sent. */
  readonly hangUp: () => void;
};

/** What a lease lasts less than this node's own trust, for what happens between here and the sending. */
const marginMs = 50;
const maximumLeaseMs = 2000;
/** A lease shorter than this is not worth the name. */
const minimumLeaseMs = 100;
/** For the client to say that it has ended. */
const farewellMs = 1000;

/**
 * One client that verifies in process: it has copies of its organization's keys, and a lease on them from this
 * node, which has one from the database. What was granted to it ends with what this node was granted, and this
 * node acknowledges a change only when the client has forgotten what the change is about, or when the last
 * lease that it was granted before is out. A connection that is closed says nothing of the client: it is waited
 * for all the same.
 */
export class KeyStream {
  readonly #feed: SnapshotFeed;
  readonly #encoder = new WireEncoder();
  readonly #ignoreChanges: () => void;
  #caller: KeySnapshot;
  /** How often the caller's own right came into doubt, and whether there is doubt now. */
  #doubts = 0;
  #isInDoubt = true;
  /** The renewal that was asked for meanwhile. */
  #postponed: number | null = null;
  /** The client has no lease any more and said so. */
  #isConfirmed = false;
  #isEnded = false;
  /** On performance.now(). */
  #leaseEndsAt = 0;
  #change = 0;
  #acknowledged = 0;
  readonly #unacknowledged = new Map<number, () => void>();

  constructor(readonly peer: KeyStreamPeer) {
    const { organizationId } = peer.caller;
    this.#caller = peer.caller;
    // Before anything is read: a change from now on is heard of.
    this.#ignoreChanges = onVerdictChanges((changes) => {
      const scope = scopeIn(changes, organizationId);
      return scope === null ? undefined : this.#changed(scope);
    });
    this.#sayHello();
    const list = (userId: string | null, after: string, limit: number) =>
      listKeyIds(organizationId, userId, after, limit);
    const load = async (keyIds: readonly string[]) => {
      const found = [...(await loadKeySnapshots(keyIds))];
      return new Map(found.filter(([, key]) => key.organizationId === organizationId));
    };
    this.#feed = new SnapshotFeed(
      { organizationId, list, load },
      {
        sendKeys: (keys) => {
          for (const line of this.#encoder.encode(keys)) this.#send(line);
        },
        sendLoaded: () => this.#send({ loaded: true }),
        room: peer.room,
      },
    );
    void this.#feed.run();
    void this.#learnCaller();
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

  /** Answers a renewal. The client counts from when it sent that, so however late this is, it grants no more. */
  renew(renewal: number): void {
    // Time alone may have ended it.
    if (!mayStream(this.#caller, this.peer)) this.end(rightLost);
    if (this.#isEnded) return;
    this.#postponed = this.#isInDoubt ? renewal : null;
    if (this.#isInDoubt) return;
    const left = Math.floor(Math.min(maximumLeaseMs, trustEndsAt() - performance.now() - marginMs));
    const isGranted =
      this.#acknowledged === this.#change &&
      left >= minimumLeaseMs &&
      waitingBudgetOf(this.#caller.organizationId).allowsLease(performance.now());
    const ms = isGranted ? left : 0;
    if (isGranted) this.#leaseEndsAt = performance.now() + ms;
    this.#send({ lease: renewal, ms, now: Date.now() });
  }

  acknowledge(change: number): void {
    for (const [number, done] of this.#unacknowledged) {
      if (number > change) continue;
      this.#unacknowledged.delete(number);
      done();
    }
    this.#acknowledged = Math.max(this.#acknowledged, Math.min(change, this.#change));
  }

  /** Tells the client to stop. Until it says that it has, its lease counts. */
  end(reason: string): void {
    if (this.#isEnded) return;
    this.#send({ end: reason });
    this.#isEnded = true;
    this.#feed.end();
    setTimeout(() => this.peer.hangUp(), farewellMs).unref();
  }

  /** The client says that it judges by no copy any more, whoever ended it. */
  confirmEnd(): void {
    this.#isConfirmed = true;
    this.#isEnded = true;
    this.#feed.end();
    this.acknowledge(this.#change);
    this.peer.hangUp();
  }

  /** The connection is gone. Resolves when the client holds no lease, by its own word or by the time. */
  async closed(): Promise<void> {
    this.#isEnded = true;
    this.#feed.end();
    while (!this.#isConfirmed && performance.now() < this.#leaseEndsAt) {
      await sleep(this.#leaseEndsAt - performance.now());
    }
    this.#ignoreChanges();
  }

  async #changed(scope: ChangeScope): Promise<void> {
    const number = ++this.#change;
    const leaseEndsAt = this.#leaseEndsAt;
    if (!this.#isEnded) {
      const { keyIds, userIds, all } = scope;
      if (all) this.#encoder.reset();
      this.#send({ changed: number, keyIds: [...keyIds], userIds: [...userIds], all });
      this.#feed.changed(scope);
      if (isInScope(scope, this.#caller)) void this.#learnCaller();
    }
    await this.#acknowledgement(number, leaseEndsAt);
  }

  async #acknowledgement(number: number, leaseEndsAt: number): Promise<void> {
    const begunAt = performance.now();
    const leftMs = leaseEndsAt - begunAt;
    if (this.#isConfirmed || leftMs <= 0) return;
    await new Promise<void>((resolve) => {
      const giveUp = setTimeout(() => {
        this.#unacknowledged.delete(number);
        // It hears nothing, or it would have said so: whatever it has missed, it begins anew.
        this.end("A change was not acknowledged in time.");
        resolve();
      }, leftMs);
      this.#unacknowledged.set(number, () => {
        clearTimeout(giveUp);
        resolve();
      });
    });
    const now = performance.now();
    waitingBudgetOf(this.#caller.organizationId).take(now - begunAt, now);
  }

  /** No lease is granted between the change that this is about and the answer. */
  async #learnCaller(): Promise<void> {
    this.#isInDoubt = true;
    const doubt = ++this.#doubts;
    const { id } = this.#caller;
    try {
      const caller = (await loadKeySnapshots([id])).get(id);
      // What has come into doubt meanwhile is being read again.
      if (doubt !== this.#doubts) return;
      if (caller === undefined || !mayStream(caller, this.peer)) return this.end(rightLost);
      this.#caller = caller;
      this.#isInDoubt = false;
      if (this.#postponed !== null) this.renew(this.#postponed);
    } catch (error) {
      log().warn(error, "a client's own key could not be read");
      this.end("Latchkey cannot read this client's own key.");
    }
  }

  #send(line: ServerLine): void {
    if (!this.#isEnded) this.peer.send(line);
  }
}

const rightLost = "This client's own key may no longer verify keys.";

/**
 * May this key be told of all keys of its organization? One of an application reaches what is in there alone, and
 * the pepper that a client compares tokens with is the organization's. By the same pure verdict as each request.
 */
export function mayStream(
  key: KeySnapshot,
  { secretId, address }: Pick<KeyStreamPeer, "secretId" | "address">,
): boolean {
  const namespace = { type: "organization", id: key.organizationId } as const;
  const demand = { permissions: ["keys:verify"], namespace, address };
  return judgeKey(key, (secret) => secret.id === secretId, demand, new Date()).code === "VALID";
}
