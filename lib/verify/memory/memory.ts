import { isMemoryTrusted, onVerdictChanges } from "../changes/change-feed";
import type { VerdictChanges } from "../changes/read-changes";
import type { Loaded } from "./loaded";
import { SnapshotLoader } from "./snapshot-loader";

/** Null: there is no such thing. Undefined: it is not known. */
export type Kept<Found> = {
  get(name: string): Found | null | undefined;
  set(name: string, found: Found | null): void;
  /** Drops everything that these changes may affect. */
  forget(changes: VerdictChanges): void;
};

/** What a node keeps of the database while its lease is valid, and loads otherwise. */
export class Memory<Found, Cache extends Kept<Found> = Kept<Found>> {
  readonly #loader: SnapshotLoader<Found>;

  /**
   * @param load finds what has these names in one statement
   * @param names whether the names are the ids of keys, by which a change tells what it affects
   */
  constructor(
    readonly kept: Cache,
    load: (names: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
    names: "of keys" | "others" = "others",
  ) {
    this.#loader = new SnapshotLoader(load, (name, found) => {
      if (isMemoryTrusted()) kept.set(name, found);
    });
    // The listener is added before anything is loaded, so no change is missed.
    onVerdictChanges((changes) => {
      kept.forget(changes);
      this.#loader.forget(names === "of keys" ? changes : "everything");
    });
  }

  /** Reflects every change whose author got an answer before the call. */
  remembered(name: string): Found | null | undefined {
    return isMemoryTrusted() ? this.kept.get(name) : undefined;
  }

  /** As of this call or later. */
  load(name: string): Promise<Found | null> {
    return this.#loader.find(name, isMemoryTrusted());
  }

  /**
   * From memory, or as it was loaded for this request.
   *
   * @param what distinguishes it from what else the request loads
   * @returns undefined if it must be loaded
   */
  find(what: string, name: string, loaded: Loaded): Found | null | undefined {
    const remembered = this.remembered(name);
    return remembered !== undefined ? remembered : loaded.get(`${what} ${name}`, () => this.load(name));
  }
}
