import type { AccessLevel } from "@/lib/core/access/access-level";
import type { PersonView } from "@/lib/services/keys/read/key-view";

/** One row of the table of people with access to a resource. */
export type GrantRow = PersonView & {
  readonly level: AccessLevel;
  readonly givenAt: Date;
  /** How many of their keys work there now; null if the viewer may not see the organization's keys. */
  readonly liveKeys: number | null;
  readonly isSelf: boolean;
};

export type GrantPage = { readonly rows: readonly GrantRow[]; readonly total: number };

/** A person's access to a resource, for programs. `id` is the person's. */
export type GrantOfKey = PersonView & {
  readonly accessLevel: AccessLevel;
  /** When the grant was given. */
  readonly createdAt: Date;
};

/** Members who could be given access. */
export type GrantCandidates = {
  /** At most 20, by name. */
  readonly people: readonly PersonView[];
  /** Whether there are more; a narrower search finds them. */
  readonly more: boolean;
};
