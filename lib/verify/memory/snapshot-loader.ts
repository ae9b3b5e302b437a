import type { KeySnapshot } from "@/lib/core/keys/verdict";
import type { VerdictChange } from "../changes/read-changes";

type Load = (keyIds: readonly string[]) => Promise<ReadonlyMap<string, KeySnapshot>>;

type Fill = {
  readonly promise: Promise<KeySnapshot | null>;
  /** Something changed while it was under way: what it finds may be from before. */
  isStale: boolean;
};

type Waiting = {
  readonly promise: Promise<KeySnapshot | null>;
  readonly resolve: (key: KeySnapshot | null) => void;
  readonly reject: (error: unknown) => void;
};

/** As many as can run while the database has other things to do. */
const maximumBatches = 2;
const keysPerBatch = 200;

/**
 * Asks the database for keys, many at once: while one question is under way the next ones collect. So a
 * flood of keys that do not exist is a few questions at a time, however many keys are guessed.
 */
export class SnapshotLoader {
  #waiting = new Map<string, Waiting>();
  /** Questions under way whose answers others may have as well. */
  readonly #fills = new Map<string, Fill>();
  #batches = 0;
  #isScheduled = false;

  /**
   * @param load one statement that finds the keys of these ids
   * @param keep is given what was found, null for no such key, when nothing has changed meanwhile
   */
  constructor(
    readonly load: Load,
    readonly keep: (keyId: string, key: KeySnapshot | null) => void,
  ) {}

  /**
   * The key as it is now or later, never as it was before this was asked.
   *
   * @param mayJoin also as it was when somebody else asked, unless a change was heard of since; allowed only
   *   while memory may be trusted
   */
  find(keyId: string, mayJoin: boolean): Promise<KeySnapshot | null> {
    const waiting = this.#waiting.get(keyId);
    if (waiting !== undefined) return waiting.promise;
    const underWay = mayJoin ? this.#fills.get(keyId) : undefined;
    if (underWay !== undefined) return underWay.promise;

    let resolve: Waiting["resolve"] = () => {};
    let reject: Waiting["reject"] = () => {};
    const promise = new Promise<KeySnapshot | null>((onFound, onFailure) => {
      resolve = onFound;
      reject = onFailure;
    });
    this.#waiting.set(keyId, { promise, resolve, reject });
    this.#schedule();
    return promise;
  }

  /** What is under way in the scope of a change is not kept, and nobody joins it any more. */
  forget(changes: readonly VerdictChange[] | "everything"): void {
    const keys = changes === "everything" ? null : changes.map(({ keyId }) => keyId);
    // Whose keys these are is known when they are found.
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
    // What else arrived with it goes along.
    setImmediate(() => {
      this.#isScheduled = false;
      void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    const batch = [...this.#waiting].slice(0, keysPerBatch);
    const fills = batch.map(([keyId, { promise }]) => {
      this.#waiting.delete(keyId);
      // Of two questions for one key only the later can be told of a change.
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
