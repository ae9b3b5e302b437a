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

/** So many keys change in one transaction. Other writers of the organization wait for it. */
export const bulkStepSize = 50;
/** So many keys can be changed in one go. */
export const bulkMaximum = 10_000;
/** So many keys of a dry run are shown on a page. */
export const listedAtOnce = 50;
/** So many keys can be ticked one by one. More are selected by the list's filters. */
export const tickedMaximum = 400;

/** A key carries no more roles than this. */
export const rolesMaximum = 50;

/** Why a key stays as it is. */
export const skipReasons = [
  ...(["revoked", "expired", "paused", "not_paused", "has_role", "lacks_role", "too_many_roles"] as const),
  ...(["already_theirs", "receiver", "owner_level", "not_allowed", "default_key"] as const),
  // Only once the change is carried out: what happened since the dry run.
  ...(["changed", "gone"] as const),
];
export type SkipReason = (typeof skipReasons)[number];

/** What a change of many keys depends on for one of them. */
export type BulkFacts = {
  readonly standing: KeyStanding;
  readonly accessLevel: string;
  /** By lib/core/access/manage-keys. */
  readonly allowed: boolean;
  /** For roles: does it carry the role, and how many are there? */
  readonly carriesRole: boolean;
  readonly roles: number;
  /** For transfers: is it the receiver's already, and could they have generated it? */
  readonly isReceivers: boolean;
  readonly mayReceive: boolean;
  /** The public key that the organization started with. */
  readonly isDefault: boolean;
};

/** What a person has to be allowed to do to each key. Only transfers have a rule of their own. */
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

/** Why this verb leaves the key alone; null if it changes it. The dry run and the change both ask here. */
export function whySkipped(verb: BulkVerb, facts: BulkFacts): SkipReason | null {
  return byState(verb, facts) ?? byRight(facts) ?? byDetail(verb, facts);
}

/** Ended keys can only be deleted, and an expired one revoked or edited: as with one key. */
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
    // It tells the organization's callers which one they speak to: it stops when somebody means it, not as one of all.
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
