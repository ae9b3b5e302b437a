import type { AccessLevel } from "@/lib/core/access-level";
import type { PersonView } from "@/lib/services/keys/read/key-view";

/** One row of the table of those who have access to a resource. */
export type GrantRow = PersonView & {
  readonly level: AccessLevel;
  readonly givenAt: Date;
  /** Keys of theirs that work there now; null for who may not see the organization's keys. */
  readonly liveKeys: number | null;
  readonly isSelf: boolean;
};

export type GrantPage = { readonly rows: readonly GrantRow[]; readonly total: number };

/** Members who could be given access. */
export type GrantCandidates = {
  /** At most 20, by name. */
  readonly people: readonly PersonView[];
  /** There are more than these; a narrower search finds them. */
  readonly more: boolean;
};
