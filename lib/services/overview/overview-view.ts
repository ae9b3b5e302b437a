import type { KeyCreators } from "@/lib/core/access/permission";
import type { callChangingActions } from "@/lib/core/audit-actions";
import type { LifetimePolicy } from "@/lib/core/keys/effective-end";
import type { CallOutcome } from "@/lib/core/keys/usage-outcome";
import type { OverviewPeriod } from "@/lib/core/overview-period";
import type { KeyCount } from "../keys/read/key-view";

export type Refusal = { readonly outcome: Exclude<CallOutcome, "VALID">; readonly calls: number };

/** An organization's calls in periods of equal length, oldest first. */
export type CallSeries = {
  readonly start: Date;
  readonly hoursEach: number;
  readonly accepted: readonly number[];
  readonly refused: readonly number[];
  /** The most frequent reason for refusals in each period; null if there were none. */
  readonly mostly: readonly (Refusal["outcome"] | null)[];
};

export type BusyKey = {
  readonly id: string;
  readonly name: string;
  readonly accepted: number;
  readonly refused: number;
  /** Accepted and refused calls in each of the last 24 hours, oldest first. */
  readonly hours: readonly number[];
};

/** Something that needs attention, and where. */
export type Attention =
  | {
      readonly kind: "leaked";
      readonly keyId: string;
      readonly name: string;
      readonly done: "revoked" | "paused";
      readonly at: Date;
      /** Accepted calls of the 24 hours before, and refused calls since. */
      readonly acceptedBefore: number;
      readonly refusedSince: number;
    }
  | {
      readonly kind: "old_secret";
      readonly keyId: string;
      readonly name: string;
      readonly endsAt: Date;
      readonly callsLastHour: number;
      readonly clients: number;
    }
  /** `used` names the most recently used keys among them. */
  | { readonly kind: "expiring"; readonly keys: KeyCount; readonly used: readonly string[] }
  | { readonly kind: "over_privileged"; readonly keys: KeyCount };

/** The steps that an organization took before its first accepted call. */
export type FirstSteps = { readonly hasKey: boolean; readonly hasSecondOwner: boolean };

/** An event that explains a change in the calls. */
export type PinnedEvent = {
  readonly at: Date;
  readonly actorName: string;
  readonly action: (typeof callChangingActions)[number];
  readonly targetName: string;
  /** How many more events of the same kind the same actor caused in the same period. */
  readonly more: number;
};

export type Overview = {
  readonly period: OverviewPeriod;
  /** Null if no event explains a jump, or if the viewer may not read the audit log. */
  readonly pinned: PinnedEvent | null;
  readonly keys: { readonly all: KeyCount; readonly live: KeyCount };
  readonly calls: CallSeries;
  /** The most frequent reason comes first. */
  readonly refusals: readonly Refusal[];
  /** The busiest key comes first. */
  readonly busiest: readonly BusyKey[];
  /** The most urgent comes first. */
  readonly attention: readonly Attention[];
  /** Null once a call was accepted. */
  readonly firstSteps: FirstSteps | null;
  readonly facts: { readonly members: number; readonly keyCreators: KeyCreators } & Pick<
    LifetimePolicy,
    "maximumLifetimeDays"
  >;
};
