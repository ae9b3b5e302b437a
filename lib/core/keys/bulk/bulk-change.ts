import type { KeyAct } from "../../access/manage-keys";
import { unknownState } from "../../unknown-state";
import type { KeyStanding } from "../key-status";

/** What can be done to many keys at once. */
export const bulkVerbs = [
  "revoke",
  "pause",
  "resume",
  "delete",
  "transfer",
  "addRole",
  "removeRole",
] as const;
export type BulkVerb = (typeof bulkVerbs)[number];

/** How many keys change per transaction. Other writers of the organization wait for it. */
export const bulkStepSize = 50;
/** How many keys a bulk change can cover. */
export const bulkMaximum = 10_000;
/** How many keys of a dry run are shown per page. */
export const listedAtOnce = 50;
/** How many keys can be ticked individually. To select more, use the list's filters. */
export const tickedMaximum = 400;

/** The maximum number of roles per key. */
export const rolesMaximum = 50;

/** Why a bulk change skips a key. */
export const skipReasons = [
  ...(["revoked", "expired", "paused", "not_paused", "has_role", "lacks_role", "too_many_roles"] as const),
  ...(["already_theirs", "receiver", "owner_level", "not_allowed", "default_key"] as const),
  // Only when the change is carried out: something happened since the dry run.
  ...(["changed", "gone"] as const),
];
export type SkipReason = (typeof skipReasons)[number];

/** The facts about one key that a bulk change depends on. */
export type BulkFacts = {
  readonly standing: KeyStanding;
  readonly accessLevel: string;
  /** As decided by lib/core/access/manage-keys. */
  readonly allowed: boolean;
  /** For roles: whether the key has the role already, and how many it has. */
  readonly carriesRole: boolean;
  readonly roles: number;
  /** For transfers: whether the key already belongs to the receiver, and whether they could have generated it. */
  readonly isReceivers: boolean;
  readonly mayReceive: boolean;
  /** Whether it is the organization's default key. */
  readonly isDefault: boolean;
};

/** The permission a person needs for each key. Transfers have a rule of their own. */
export function actOfBulk(verb: BulkVerb): Exclude<KeyAct, "read" | "roll"> {
  switch (verb) {
    case "transfer":
    case "addRole":
    case "removeRole":
      return "update";
    default:
      return verb;
  }
}

/** Why this verb skips the key; null if it changes it. The dry run and the change both use this. */
export function whySkipped(verb: BulkVerb, facts: BulkFacts): SkipReason | null {
  return byState(verb, facts) ?? byRight(facts) ?? byDetail(verb, facts);
}

/**
 * Ended keys can only be deleted; expired ones can also be revoked or edited. The same holds for changes of a single
 * key.
 */
function byState(verb: BulkVerb, { standing }: BulkFacts): SkipReason | null {
  switch (standing) {
    case "deleted":
      return "gone";
    case "revoked":
      return verb === "delete" ? null : "revoked";
    case "expired":
      return verb === "pause" || verb === "resume" || verb === "transfer" ? "expired" : null;
    case "paused":
      return verb === "pause" ? "paused" : null;
    case "live":
      return verb === "resume" ? "not_paused" : null;
    default:
      return unknownState(standing);
  }
}

function byRight({ allowed, accessLevel }: BulkFacts): SkipReason | null {
  if (allowed) return null;
  return accessLevel === "OWNER" ? "owner_level" : "not_allowed";
}

function byDetail(verb: BulkVerb, facts: BulkFacts): SkipReason | null {
  switch (verb) {
    // Callers identify the organization by its default key, so it is never ended or paused as one of many.
    case "revoke":
    case "pause":
    case "delete":
      return facts.isDefault ? "default_key" : null;
    case "addRole":
      if (facts.carriesRole) return "has_role";
      return facts.roles >= rolesMaximum ? "too_many_roles" : null;
    case "removeRole":
      return facts.carriesRole ? null : "lacks_role";
    case "transfer":
      if (facts.isReceivers) return "already_theirs";
      return facts.mayReceive ? null : "receiver";
    default:
      return null;
  }
}
