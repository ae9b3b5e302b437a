import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { leaseMs } from "@/lib/db/awaited-nodes";
import { listen } from "@/lib/db/client";
import { log } from "@/lib/log";
import { RepeatedWork } from "../repeated-work";
import { Acknowledger } from "./acknowledger";
import type { ClientOutcome } from "./client-outcome";
import type { NodeLease } from "./node-lease";
import { acknowledge, endLease, renewLease, sweepChanges } from "./nodes-table";
import type { ReadChanges, VerdictChanges } from "./read-changes";
import { parseAnnouncement, readChanges } from "./read-changes";
import { TurnQueue } from "./turn-queue";

/**
 * Called with every change before this node acknowledges it. Once the node acknowledges, the author's request returns,
 * and the old state must no longer be used. The listener's synchronous work finishes before this node trusts its memory
 * again. The acknowledgement, but not the node's own lease, waits for the promise that the listener returns. A listener
 * for a client resolves with its outcome.
 */
export type ChangeListener = (changes: VerdictChanges) => void | Promise<ClientOutcome> | Promise<void>;

/** The name by which people recognize the process. */
const nodeName = `${hostname().slice(0, 100)}, process ${process.pid}`;

const renewEveryMs = 500;
const sweeping = new RepeatedWork({
  ...{ what: "old changes could not be removed", everyMs: 10 * 60 * 1000 },
  run: sweepChanges,
});

/** The change feed from its start to its stop: one row of `nodes`. */
export class RunningFeed {
  readonly #nodeId = randomUUID();
  readonly #turns = new TurnQueue();
  readonly #acknowledger = new Acknowledger((sequence, clients) =>
    acknowledge(this.#nodeId, sequence, clients),
  );
  /** The newest change passed to the listeners; null before the first read. */
  #applied: bigint | null = null;
  #isStopped = false;
  #unlisten = async () => {};
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly lease: NodeLease,
    readonly listeners: ReadonlySet<ChangeListener>,
  ) {}

  async start(): Promise<void> {
    // Notifications only speed things up: every renewal reads new changes anyway.
    this.#unlisten = await listen("latchkey_verdict_changes", (payload) => this.#hear(payload));
    await this.#turns.add(this.#renew);
    this.#timer = setInterval(() => this.#turns.addOnce(this.#renew), renewEveryMs).unref();
    sweeping.start();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.lease.end();
    const stopped = this.#turns.stop();
    clearInterval(this.#timer);
    await Promise.all([this.#unlisten(), sweeping.stop()]);
    await stopped;
    await this.#acknowledger.settled();
    await endLease(this.#nodeId).catch((error: unknown) =>
      log().warn(error, "the lease could not be given back; it will expire"),
    );
  }

  /**
   * Renews the lease, reads the changes, then trusts memory, in this order. A writer that found this node's lease
   * expired and did not wait for it had committed before this lease was granted. The read starts after the grant, so it
   * finds that change.
   */
  readonly #renew = async (): Promise<void> => {
    const startLease = this.lease.request(leaseMs);
    await renewLease(this.#nodeId, nodeName, this.#acknowledger.kept);
    this.#acknowledger.sendUnsent();
    await this.#read();
    if (!this.#isStopped) startLease();
  };

  readonly #read = async (): Promise<void> => {
    const read = await readChanges(this.#applied);
    if (read.head !== this.#applied) this.#apply(read);
  };

  /**
   * A change that directly follows the last applied one needs no query: an announcement carries everything that its
   * transaction changed, and the database sends announcements in commit order. It is queued like a read, so that no
   * older read is applied after it.
   */
  #hear(payload: string | null): void {
    // During an outage, a turn without a query would succeed and make the outage look over.
    const announced = this.#turns.isFailing ? null : parseAnnouncement(payload);
    if (announced === null) {
      this.#turns.addOnce(this.#read);
      return;
    }
    void this.#turns.add(async () => {
      if (this.#applied === null || announced.head > this.#applied + 1n) await this.#read();
      else if (announced.head === this.#applied + 1n) this.#apply(announced);
    });
  }

  #apply({ head, changes }: ReadChanges): void {
    const promises = [...this.listeners].map(async (listener) => (await listener(changes)) ?? undefined);
    this.#applied = head;
    this.#acknowledger.acknowledgeAfter(promises, head);
  }
}
