import type { AccessLevel } from "@/lib/core/access-level";
import type { KeyType } from "@/lib/core/effective-permissions";
import type { PermissionLine } from "@/lib/core/explain-permissions";
import type { KeyStatus, RevocationReason, StatusFilter } from "@/lib/core/key-status";
import type { NamespaceType } from "@/lib/core/namespace";
import type { KeyCreators, Permission } from "@/lib/core/permission";
import type { Role } from "@/lib/core/role";
import type { UsagePeriod } from "@/lib/core/usage-period";
import type { KeyLimits } from "../key-limits";

/** A person as a key shows them. */
export type PersonView = { readonly id: string; readonly name: string; readonly email: string };

/** `name` is the path to it, such as "Storefront / Production". */
export type NamespaceView = { readonly type: NamespaceType; readonly id: string; readonly name: string };

/** `id` is what people see before the dash: `full_access - All that the access level allows`. */
export type RoleView = { readonly id: string; readonly title: string };

/** What the person who looks may do to this key; computed by lib/core/manage-keys. */
export type KeyAllowed = {
  readonly update: boolean;
  readonly roll: boolean;
  readonly revoke: boolean;
  readonly delete: boolean;
};

/** One row of the table "API keys". */
export type KeyRow = KeyLimits & {
  /** 16 characters, without `key_`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: KeyType;
  readonly accessLevel: AccessLevel;
  readonly roles: readonly RoleView[];
  readonly namespace: NamespaceView;
  readonly status: KeyStatus;
  readonly revocationReason: RevocationReason | null;
  readonly createdBy: PersonView;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  /** Grows with every edit, roll and end of a grace. A change names the version it was decided on. */
  readonly version: number;
  /** While rolling: when the previous secret stops working. */
  readonly graceEndsAt: Date | null;
  readonly allowed: KeyAllowed;
};

/** So many, or where that is not all, at least so many: a million keys are not counted for each look at some. */
export type KeyCount = { readonly count: number; readonly isAll: boolean };

export type KeyPage = {
  readonly rows: readonly KeyRow[];
  /** Rows that match the search and the status filter; where their count is not all, as far as is known. */
  readonly total: number;
  /** Rows that match the search, by status filter. */
  readonly counts: Readonly<Record<StatusFilter, KeyCount>>;
};

/** What a revocation, a roll or a deletion would hit. */
export type KeyImpact = {
  readonly callsLast24Hours: number;
  readonly lastUsedAt: Date | null;
  readonly lastUsedAddress: string | null;
  readonly lastUsedClient: string | null;
  /** Nobody who never received it can have used it. */
  readonly currentSecretUsed: boolean;
  /** While rolling: the last use of the secret whose grace lasts. Null when it had none, and when nothing rolls. */
  readonly previousSecretUsedAt: Date | null;
};

export type SecretView = {
  readonly version: number;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** Null for the current secret. */
  readonly endsAt: Date | null;
};

/** Everything the sheet "API Key Details" shows. */
export type KeyDetails = KeyRow & {
  readonly revokedAt: Date | null;
  readonly revokedBy: PersonView | null;
  /** The token of a public key, which can be shown again; null for a secret key. */
  readonly publicToken: string | null;
  readonly impact: KeyImpact;
  /** Each of the last 30 days (UTC), today last. */
  readonly dailyUsage: readonly UsagePeriod[];
  /** Current first, then the previous one while its grace lasts. */
  readonly secrets: readonly SecretView[];
  /** The creator's level in the key's namespace now; null when they have no grant there. */
  readonly creatorLevel: AccessLevel | null;
  /** What the key may do now. */
  readonly permissions: readonly Permission[];
  /** Each permission that a role names, held or not and why. */
  readonly explanation: readonly PermissionLine[];
};

/** The one answer that holds a token. */
export type RevealedKey = {
  readonly id: string;
  readonly name: string;
  readonly type: KeyType;
  readonly token: string;
  /** After a roll with a grace: when the previous secret stops working. */
  readonly oldSecretEndsAt: Date | null;
};

/** The answer to a roll. */
export type RolledKey = RevealedKey & {
  /** The key's version after the roll. */
  readonly version: number;
  /** A previous secret was still in its grace, and this roll ended it. */
  readonly superseded: boolean;
};

/** What the dialog "Generate New Key" may offer to this person. */
export type KeyOptions = {
  /** Those they have a grant in: the organization first, then by type and path. */
  readonly namespaces: readonly (NamespaceView & {
    /** Theirs there. */
    readonly level: AccessLevel;
    /** What they may give a key there, highest first. */
    readonly levels: readonly AccessLevel[];
  })[];
  /** How many more they see, without a grant. */
  readonly withoutAccess: number;
  /** They manage grants everywhere, so they can help themselves to one. */
  readonly managesGrants: boolean;
  readonly keyCreators: KeyCreators;
  readonly roles: readonly Role[];
};
