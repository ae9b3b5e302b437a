import type { AccessLevel } from "@/lib/core/access/access-level";
import type { SkipReason } from "@/lib/core/keys/bulk/bulk-change";
import type { UseOfKeys } from "../impact/keys-impact";
import type { ListedImpact } from "../impact/most-used-keys";
import type { PersonView } from "../read/key-view";

/** What a change of many keys would do, for its dialog. */
export type KeyChangesPreview = Pick<UseOfKeys, "counts" | "hours"> & {
  /** The keys that would change, the most used first. `seen` stands for what was read of each: see `changeKeys`. */
  readonly keys: readonly { readonly id: string; readonly seen: string }[];
  /** The others, by reason; most first. */
  readonly skipped: readonly {
    readonly reason: SkipReason;
    readonly count: number;
    /** A few of them. */
    readonly names: readonly string[];
  }[];
  /** Accepted calls with the keys that would change. */
  readonly callsLast24Hours: number;
  /** How many of these keys were used in the last 24 hours. */
  readonly inUse: number;
  /** The first of the keys. `listBulkKeys` has the others. */
  readonly mostUsed: readonly ListedImpact[];
  /** How many other keys, made with their tokens, end or pause with them. */
  readonly alsoChange: number;
  /** How many keys of a pause this person may not resume afterwards, and whether only owners may. */
  readonly notResumable: { readonly count: number; readonly onlyOwners: boolean };
};

/** What a step of the change did. */
export type ChangedKeys = {
  /** Also those made with the keys' tokens, which changed with them. */
  readonly changed: readonly string[];
  readonly skipped: readonly SkippedKey[];
};

export type SkippedKey = { readonly id: string; readonly name: string; readonly reason: SkipReason };

/** People who can be made the creator of keys; `more` if the search finds others too. */
export type Receivers = {
  readonly people: readonly (PersonView & { readonly level: AccessLevel })[];
  readonly more: boolean;
};
