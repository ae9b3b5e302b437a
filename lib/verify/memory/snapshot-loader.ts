import type { VerdictChanges } from "../changes/read-changes";

type Load<Found> = (keyIds: readonly string[]) => Promise<ReadonlyMap<string, Found>>;

class Asked<Found> {
  resolve: (found: Found | null) => void = () => {};
  reject: (error: unknown) => void = () => {};
  readonly promise = new Promise<Found | null>((resolve, reject) => Object.assign(this, { resolve, reject }));
  /** Set when something changes during the load: its result may be out of date. */
  isStale = false;
}

/** Low enough to leave the database room for other work. */
const maximumBatches = 2;
const keysPerBatch = 200;

/**
 * Loads keys, or data about them, from the database in batches. While the maximum of batches is running, new requests
 * queue up for the next one, so a flood of guessed key ids costs only a few statements at a time.
 */
export class SnapshotLoader<Found> {
  readonly #waiting = new Map<string, Asked<Found>>();
  /** Running loads whose results other callers may share. */
  readonly #running = new Map<string, Asked<Found>>();
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
    const known = this.#waiting.get(keyId) ?? (mayJoin ? this.#running.get(keyId) : undefined);
    if (known !== undefined) return known.promise;
    const asked = new Asked<Found>();
    this.#waiting.set(keyId, asked);
    this.#schedule();
    return asked.promise;
  }

  /** Results of running loads that a change affects are not kept, and no further caller joins them. */
  forget(changes: VerdictChanges): void {
    const ids = changes === "everything" ? [null] : changes.map(({ keyId }) => keyId);
    // A key's organization and creator are only known once it is loaded.
    for (const id of ids.includes(null) ? [...this.#running.keys()] : ids) {
      if (id !== null) this.#supersede(id);
    }
  }

  #supersede(keyId: string): void {
    const earlier = this.#running.get(keyId);
    if (earlier !== undefined) earlier.isStale = true;
    this.#running.delete(keyId);
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
    for (const [keyId, asked] of batch) {
      this.#waiting.delete(keyId);
      // If the key is already loading, a change can only reach the later of the two loads, so the earlier one is not
      // kept.
      this.#supersede(keyId);
      this.#running.set(keyId, asked);
    }
    this.#batches++;
    this.#schedule();
    try {
      const found = await this.load(batch.map(([keyId]) => keyId));
      for (const [keyId, asked] of batch) {
        const key = found.get(keyId) ?? null;
        if (!asked.isStale) this.keep(keyId, key);
        asked.resolve(key);
      }
    } catch (error) {
      for (const [, { reject }] of batch) reject(error);
    } finally {
      for (const [keyId, asked] of batch) if (this.#running.get(keyId) === asked) this.#running.delete(keyId);
      this.#batches--;
      this.#schedule();
    }
  }
}
