import type { AccessLevel } from "@/lib/core/access/access-level";
import type { SkipReason } from "@/lib/core/keys/bulk/bulk-change";
import type { UseOfKeys } from "../impact/keys-impact";
import type { ListedImpact } from "../impact/most-used-keys";
import type { PersonView } from "../read/key-view";

/** What a bulk change would do, for its dialog. */
export type KeyChangesPreview = Pick<UseOfKeys, "counts" | "hours"> & {
  /** The keys that would change, the most used first. `seen` is a fingerprint of each; see `changeKeys`. */
  readonly keys: readonly { readonly id: string; readonly seen: string }[];
  /** The other keys by reason, the most frequent first. */
  readonly skipped: readonly {
    readonly reason: SkipReason;
    readonly count: number;
    /** The names of a few of these keys. */
    readonly names: readonly string[];
  }[];
  /** Accepted calls with the keys that would change. */
  readonly callsLast24Hours: number;
  /** How many of these keys were used in the last 24 hours. */
  readonly inUse: number;
  /** The first keys in detail. `listBulkKeys` returns the others. */
  readonly mostUsed: readonly ListedImpact[];
  /** How many other keys, created with their tokens, end or pause with them. */
  readonly alsoChange: number;
  /** For a pause: how many of these keys this person may not resume, and whether only owners may. */
  readonly notResumable: { readonly count: number; readonly onlyOwners: boolean };
};

/** The outcome of one step. */
export type ChangedKeys = {
  /** Includes keys that changed as well because they were created with these keys' tokens. */
  readonly changed: readonly string[];
  readonly skipped: readonly SkippedKey[];
};

export type SkippedKey = { readonly id: string; readonly name: string; readonly reason: SkipReason };

/** People who can become the creator of keys; `more` if the search matches others too. */
export type Receivers = {
  readonly people: readonly (PersonView & { readonly level: AccessLevel })[];
  readonly more: boolean;
};
