import type { VerdictChange } from "../changes/read-changes";

type Load<Found> = (keyIds: readonly string[]) => Promise<ReadonlyMap<string, Found>>;

type Fill<Found> = {
  readonly promise: Promise<Found | null>;
  /** Set when something changes during the load: its result may be out of date. */
  isStale: boolean;
};

type Waiting<Found> = {
  readonly promise: Promise<Found | null>;
  readonly resolve: (key: Found | null) => void;
  readonly reject: (error: unknown) => void;
};

/** Low enough to leave the database room for other work. */
const maximumBatches = 2;
const keysPerBatch = 200;

/**
 * Loads keys, or data about them, from the database in batches. While the maximum of batches is running, new requests
 * queue up for the next one, so a flood of guessed key ids costs only a few statements at a time.
 */
export class SnapshotLoader<Found> {
  #waiting = new Map<string, Waiting<Found>>();
  /** Running loads whose results other callers may share. */
  readonly #fills = new Map<string, Fill<Found>>();
  #batches = 0;
  #isScheduled = false;

  /**
   * @param load finds the keys with these ids in one statement
   * @param keep receives each result (null for no such key), unless something changed during the load
   */
  constructor(
    readonly load: Load<Found>,
    readonly keep: (keyId: string, key: Found | null) => void,
  ) {}

  /**
   * The key as of this call or later, never from before it.
   *
   * @param mayJoin also accepts the result of a load that started earlier, unless a change was announced since. Allowed
   *   only while memory is trusted
   */
  find(keyId: string, mayJoin: boolean): Promise<Found | null> {
    const waiting = this.#waiting.get(keyId);
    if (waiting !== undefined) return waiting.promise;
    const underWay = mayJoin ? this.#fills.get(keyId) : undefined;
    if (underWay !== undefined) return underWay.promise;

    let resolve: Waiting<Found>["resolve"] = () => {};
    let reject: Waiting<Found>["reject"] = () => {};
    const promise = new Promise<Found | null>((onFound, onFailure) => {
      resolve = onFound;
      reject = onFailure;
    });
    this.#waiting.set(keyId, { promise, resolve, reject });
    this.#schedule();
    return promise;
  }

  /** Results of running loads that a change affects are not kept, and no further caller joins them. */
  forget(changes: readonly VerdictChange[] | "everything"): void {
    const keys = changes === "everything" ? null : changes.map(({ keyId }) => keyId);
    // A key's organization and creator are only known once it is loaded.
    const ids = keys === null || keys.includes(null) ? [...this.#fills.keys()] : keys;
    for (const id of ids) {
      const fill = id === null ? undefined : this.#fills.get(id);
      if (id === null || fill === undefined) continue;
      fill.isStale = true;
      this.#fills.delete(id);
    }
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.size === 0 || this.#batches >= maximumBatches) return;
    this.#isScheduled = true;
    // Requests of the same turn join this batch.
    setImmediate(() => {
      this.#isScheduled = false;
      void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    const batch = [...this.#waiting].slice(0, keysPerBatch);
    const fills = batch.map(([keyId, { promise }]) => {
      this.#waiting.delete(keyId);
      // If the key is already loading, a change can only reach the later of the two loads, so the earlier one is not
      // kept.
      const earlier = this.#fills.get(keyId);
      if (earlier !== undefined) earlier.isStale = true;
      const fill = { promise, isStale: false };
      this.#fills.set(keyId, fill);
      return fill;
    });
    this.#batches++;
    this.#schedule();
    try {
      const found = await this.load(batch.map(([keyId]) => keyId));
      batch.forEach(([keyId, { resolve }], index) => {
        const key = found.get(keyId) ?? null;
        if (fills[index]?.isStale === false) this.keep(keyId, key);
        resolve(key);
      });
    } catch (error) {
      for (const [, { reject }] of batch) reject(error);
    } finally {
      batch.forEach(([keyId], index) => {
        if (this.#fills.get(keyId) === fills[index]) this.#fills.delete(keyId);
      });
      this.#batches--;
      this.#schedule();
    }
  }
}
