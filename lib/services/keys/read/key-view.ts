import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeyType } from "@/lib/core/access/effective-permissions";
import type { PermissionLine } from "@/lib/core/access/explain-permissions";
import type { NamespaceType } from "@/lib/core/access/namespace";
import type { KeyCreators, Permission } from "@/lib/core/access/permission";
import type { Role } from "@/lib/core/access/role";
import type { LifetimePolicy } from "@/lib/core/keys/effective-end";
import type { HygieneKind } from "@/lib/core/keys/filter/hygiene";
import type { KeyListStatus } from "@/lib/core/keys/key-list-settings";
import type { KeyStatus } from "@/lib/core/keys/key-status";
import type { OverPrivilege } from "@/lib/core/keys/over-privileged";
import type { UnusualRate } from "@/lib/core/keys/usage/unusual-rate";
import type { UsageSpans } from "@/lib/core/keys/usage/usage-series";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { KeyActivity } from "@/lib/services/audit/read-key-activity";
import type { KeyAttributes } from "../key-attributes";
import type { KeyLimits } from "../key-limits";
import type { KeyRotation } from "./usage/key-rotation";
import type { NewCaller } from "./usage/new-callers";
import type { PermissionUse } from "./usage/permission-use";

/** A person as shown with a key. */
export type PersonView = { readonly id: string; readonly name: string; readonly email: string };

/** `name` is the full path, such as "Storefront / Production". */
export type NamespaceView = { readonly type: NamespaceType; readonly id: string; readonly name: string };

/** `id` is shown before the dash, as in `full_access - Everything the access level allows`. */
export type RoleView = { readonly id: string; readonly title: string };

/** What the viewer may do to this key, as lib/core/access/manage-keys decides. */
export type KeyAllowed = {
  readonly update: boolean;
  readonly roll: boolean;
  /** May generate a new key with the same settings. */
  readonly duplicate: boolean;
  readonly pause: boolean;
  readonly resume: boolean;
  readonly revoke: boolean;
  readonly delete: boolean;
};

/** The columns of a key that a row shows unchanged. */
export const keyColumns = [
  ...(["id", "name", "description", "type", "accessLevel", "version"] as const),
  ...(["secretVersion", "revocationReason"] as const),
  ...(["createdAt", "lastUsedAt", "expiresAt", "pausedAt", "revokedAt"] as const),
] satisfies readonly (keyof ApiKeyModel)[];

/** One row of the table "API keys". */
export type KeyRow = Readonly<Pick<ApiKeyModel, (typeof keyColumns)[number]>> &
  KeyLimits &
  KeyAttributes & {
    readonly roles: readonly RoleView[];
    readonly namespace: NamespaceView;
    readonly status: KeyStatus;
    /** The maximum lifetime that applies to this key. Together with its times it decides when the key ends. */
    readonly maximumLifetimeDays: number | null;
    /** Whether the current token comes from another system. */
    readonly imported: boolean;
    readonly createdBy: PersonView;
    /** The key that created it, if a program did. */
    readonly createdByKey: { readonly id: string; readonly name: string } | null;
    readonly pausedBy: PersonView | null;
    readonly revokedBy: PersonView | null;
    /** During a grace period, when the previous secret stops working. */
    readonly graceEndsAt: Date | null;
    readonly allowed: KeyAllowed;
    /** Whether it is somebody else's key, whose creator may manage it without being an owner. */
    readonly creatorManages: boolean;
  };

/** A row with the key's recent activity. */
export type ListedKey = KeyRow & {
  /** Successful calls in each of the last 24 hours, the current one last. Empty if there were none. */
  readonly hourlyCalls: readonly number[];
  /** During a grace period, when the previous secret was last used since the roll. */
  readonly previousSecretUsedAt: Date | null;
};

/** Exact if `isAll`, otherwise a lower bound: counting a million keys on every page view would be too slow. */
export type KeyCount = { readonly count: number; readonly isAll: boolean };

export type KeyPage = {
  readonly rows: readonly ListedKey[];
  /** Rows that match the search and the status filter. If that count is not exact, as many as are known. */
  readonly total: number;
  /** Rows that match the search, by status filter. */
  readonly counts: Readonly<Record<KeyListStatus, KeyCount>>;
  /** Rows that match the search and the status filter, by finding. */
  readonly hygiene: Readonly<Record<HygieneKind, KeyCount>>;
  /** The names of people and namespaces in the filters, by id. Deleted ones are missing. */
  readonly filterNames: Readonly<Record<string, string>>;
  /** Sentences about whatever the filters name and the organization does not have. */
  readonly missing: readonly string[];
};

/** What revoking, rolling or deleting the key would affect. */
export type KeyImpact = {
  readonly callsLast24Hours: number;
  /** The calls by hour (UTC), the current hour last. */
  readonly hours: readonly { readonly start: Date; readonly calls: number }[];
  readonly lastUsedAt: Date | null;
  readonly lastUsedAddress: string | null;
  readonly lastUsedClient: string | null;
  /** The callers of the last 24 hours, those with the most accepted calls first, the rest last. */
  readonly callers: readonly {
    readonly address: string | null;
    readonly client: string | null;
    /** Whether these are the callers beyond the busiest of each hour, added up. */
    readonly isRest: boolean;
    /** Accepted calls; 0 for callers that were only refused, which may matter most. */
    readonly calls: number;
    readonly refused: number;
    readonly lastAt: Date;
  }[];
  /** Whether somebody has the current secret. */
  readonly currentSecretUsed: boolean;
  /** While rolling, when the previous secret was last used. Null if it never was, or if no roll is in progress. */
  readonly previousSecretUsedAt: Date | null;
};

/** A finding of the list's hygiene, or how the key is over-privileged. */
export type KeyFinding = Exclude<HygieneKind, "over-privileged"> | OverPrivilege;

/** Everything the sheet "API Key Details" shows. */
export type KeyDetails = KeyRow & {
  /** Whether it is the organization's default key. */
  readonly isDefault: boolean;
  /** The token of a public key, which can be shown again; null for a secret key. */
  readonly publicToken: string | null;
  readonly impact: KeyImpact;
  readonly usage: UsageSpans;
  /** Null if the key is called as often as usual. */
  readonly unusualRate: UnusualRate | null;
  readonly newCallers: readonly NewCaller[];
  /** The latest entries of the key's history. */
  readonly activity: KeyActivity;
  /** How many entries there are, up to 1,000. */
  readonly activityCount: number;
  /** What needs attention, the most urgent first; empty for a key that has ended. */
  readonly findings: readonly KeyFinding[];
  readonly permissionUse: PermissionUse;
  /** The roll in progress, if there is one. */
  readonly rotation: KeyRotation | null;
  /** The creator's current level in the key's namespace; null without a grant there. */
  readonly creatorLevel: AccessLevel | null;
  /** The viewer's level in the key's namespace; null without a grant there. */
  readonly viewerLevel: AccessLevel | null;
  /** The key's current permissions. */
  readonly permissions: readonly Permission[];
  /** Each permission that a role lists, and why the key lacks it if it does. */
  readonly explanation: readonly PermissionLine[];
};

/** The answer to generating or rolling a key. Nothing else returns a secret key's token. */
export type RevealedKey = {
  readonly id: string;
  readonly name: string;
  readonly type: KeyType;
  readonly token: string;
  /** After a roll with a grace period, when the previous secret stops working. */
  readonly oldSecretEndsAt: Date | null;
};

/** The answer to a roll. */
export type RolledKey = RevealedKey & {
  /** The key's version after the roll. */
  readonly version: number;
  /** Whether this roll ended a previous secret that was still in its grace period. */
  readonly superseded: boolean;
};

/** The choices that the dialog "Generate New Key" offers this person. */
export type KeyOptions = {
  /** The namespaces they have a grant in: the organization first, then by type and path. */
  readonly namespaces: readonly (NamespaceView & {
    /** The person's level there. */
    readonly level: AccessLevel;
    /** The levels they may give a key there, highest first. */
    readonly levels: readonly AccessLevel[];
  })[];
  /** The number of namespaces that the person sees without a grant in them. */
  readonly withoutAccess: number;
  /** Whether they manage grants everywhere, and so can grant themselves access. */
  readonly managesGrants: boolean;
  /** Whether they may create roles. */
  readonly managesRoles: boolean;
  readonly keyCreators: KeyCreators;
  /** The limits on the lifetime of new keys. */
  readonly lifetime: Omit<LifetimePolicy, "defaultKeyId">;
  readonly roles: readonly Role[];
};
