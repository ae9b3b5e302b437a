import type { AccessLevel } from "@/lib/core/access-level";
import type { Permission } from "@/lib/core/permission";
import type { KeyRow, PersonView } from "@/lib/services/keys/read/key-view";

/** One row of the table "Members". */
export type MemberRow = PersonView & {
  readonly level: AccessLevel;
  readonly joinedAt: Date;
  /** Keys of theirs that work now; null for who may not see the organization's keys. */
  readonly liveKeys: number | null;
  readonly isSelf: boolean;
  /** The last owner can neither leave nor be demoted. */
  readonly isLastOwner: boolean;
};

export type MemberPage = { readonly rows: readonly MemberRow[]; readonly total: number };

/** A key that a removal would end, or that a demotion would shrink. */
export type AffectedKey = Pick<
  KeyRow,
  "id" | "name" | "type" | "accessLevel" | "namespace" | "lastUsedAt"
> & {
  /** What it can do now and could not do then; on a removal, all that it can do. */
  readonly lost: readonly Permission[];
  /** Ids of the members it can go to instead. */
  readonly receivers: readonly string[];
};

export type MemberConsequences = {
  readonly keys: readonly AffectedKey[];
  /** All who can get at least one of the keys. */
  readonly receivers: readonly (PersonView & { readonly level: AccessLevel })[];
};
