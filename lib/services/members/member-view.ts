import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Permission } from "@/lib/core/access/permission";
import type { UseOfKeys, WithUse } from "@/lib/services/keys/impact/keys-impact";
import type { KeyRow, PersonView } from "@/lib/services/keys/read/key-view";

/** One row of the table "Members". */
export type MemberRow = PersonView & {
  readonly level: AccessLevel;
  readonly joinedAt: Date;
  /** How many of their keys work now; null if the viewer may not see the organization's keys. */
  readonly liveKeys: number | null;
  readonly isSelf: boolean;
  /** The last owner can neither leave nor be demoted. */
  readonly isLastOwner: boolean;
};

export type MemberPage = { readonly rows: readonly MemberRow[]; readonly total: number };

/** A key that a removal would end, or that a demotion would take permissions from. */
export type AffectedKey = Pick<
  KeyRow,
  "id" | "name" | "type" | "accessLevel" | "namespace" | "lastUsedAt" | "createdAt"
> & {
  /** The permissions it would lose; for a removal, all it has. */
  readonly lost: readonly Permission[];
  /** Ids of the members who could receive it instead. */
  readonly receivers: readonly string[];
};

/** Somebody who could receive keys, and how many of them. */
export type KeyReceiver = PersonView & {
  readonly level: AccessLevel;
  readonly isSelf: boolean;
  readonly canGet: { readonly used: number; readonly all: number };
};

/** What the dialog shows before a person's access ends or is reduced: one page of the keys, the most used first. */
export type AccessImpact = UseOfKeys & {
  readonly keys: readonly WithUse<AffectedKey>[];
  readonly receivers: readonly KeyReceiver[];
  /** Of the keys that a removal ends: how many are paused, and how many have expired and will be revoked too. */
  readonly paused: number;
  readonly expired: number;
};

/** What happened to the keys of a person who lost access. */
export type KeysAfter = {
  readonly revoked: number;
  readonly transferred: readonly { readonly toUserId: string; readonly keys: number }[];
};
