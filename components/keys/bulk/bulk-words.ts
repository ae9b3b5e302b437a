import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { type BulkVerb, rolesMaximum, type SkipReason } from "@/lib/core/keys/bulk/bulk-change";
import type { KeyChangesPreview } from "@/lib/services/keys/bulk/bulk-view";

type VerbWords = {
  /** The button of the dialog, and the start of its title. */
  readonly name: string;
  readonly title: (keys: string) => string;
  /** Below the title: what happens to each key. */
  readonly about: string;
  readonly doing: string;
  /** "3 keys were revoked". */
  readonly done: string;
};

export const verbWords: Readonly<Record<BulkVerb, VerbWords>> = {
  revoke: {
    name: "Revoke",
    title: (keys) => `Revoke ${keys}`,
    about: "Every call with these keys is refused from that moment on. They stay in the list as revoked.",
    doing: "Revoking",
    done: "revoked",
  },
  delete: {
    name: "Delete",
    title: (keys) => `Delete ${keys}`,
    about: "Every call with these keys is refused from that moment on, and they leave the list.",
    doing: "Deleting",
    done: "deleted",
  },
  pause: {
    name: "Pause",
    title: (keys) => `Pause ${keys}`,
    about: "Every call with these keys is refused until they are resumed. Their expiry keeps running.",
    doing: "Pausing",
    done: "paused",
  },
  resume: {
    name: "Resume",
    title: (keys) => `Resume ${keys}`,
    about: "Calls with these keys are accepted again at once.",
    doing: "Resuming",
    done: "resumed",
  },
  transfer: {
    name: "Transfer",
    title: (keys) => `Transfer ${keys}`,
    about:
      "Another member becomes their creator, and the keys can do what that person can. They keep working.",
    doing: "Transferring",
    done: "transferred",
  },
  addRole: {
    name: "Add role",
    title: (keys) => `Add a role to ${keys}`,
    about: "The keys keep their other roles. Each stays limited by its own level and its creator's.",
    doing: "Adding the role to",
    done: "given the role",
  },
  removeRole: {
    name: "Remove role",
    title: (keys) => `Remove a role from ${keys}`,
    about: "Calls that need a permission of this role are refused from that moment on.",
    doing: "Removing the role from",
    done: "left without the role",
  },
};

/** Why a key is left alone, as the end of "3 keys: ...". */
export const skipWords: Readonly<Record<SkipReason, string>> = {
  revoked: "revoked already",
  expired: "expired already",
  paused: "paused already",
  not_paused: "not paused",
  has_role: "have the role already",
  lacks_role: "do not have the role",
  too_many_roles: `have ${rolesMaximum} roles already`,
  already_theirs: "theirs already",
  receiver: "beyond what this person could generate",
  owner_level: "Owner-level: only an owner can do this",
  not_allowed: "not yours to change",
  default_key: "the organization's default key, which is stopped only from its own menu",
  changed: "changed since you reviewed them",
  gone: "no longer there",
};

/** That pausing keys takes less than resuming them. @param changing how many are paused */
export function notResumableText(
  { count, onlyOwners }: KeyChangesPreview["notResumable"],
  changing: number,
): string {
  const who = onlyOwners
    ? "an owner"
    : count === 1
      ? "an owner or its creator"
      : "an owner or their creators";
  if (changing === 1) return `You can pause this key, but only ${who} can resume it.`;
  const which = count === changing ? "them" : `${grouped(count)} of them`;
  return `You can pause these keys, but only ${who} can resume ${which}.`;
}

/** "Revoking 400 of 2,000 keys". */
export function progressText(verb: BulkVerb, done: number, total: number): string {
  return `${verbWords[verb].doing} ${grouped(done)} of ${countOf(total, "key")}`;
}

/** "2,000 keys were revoked". */
export function doneText(verb: BulkVerb, count: number): string {
  return `${countOf(count, "key")} ${count === 1 ? "was" : "were"} ${verbWords[verb].done}`;
}
