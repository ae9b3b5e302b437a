import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { type BulkVerb, rolesMaximum, type SkipReason } from "@/lib/core/keys/bulk/bulk-change";
import type { KeyChangesPreview, SkippedKey } from "@/lib/services/keys/bulk/bulk-view";

/** The progress of a bulk change. */
export type RunResult = {
  readonly total: number;
  /** The keys of the dry run that were processed: changed or left alone. */
  readonly seen: number;
  /** The keys of the dry run that changed. */
  readonly changed: number;
  /** Other keys that changed as well, because they were created with tokens of these keys. */
  readonly alsoChanged: number;
  readonly skipped: readonly SkippedKey[];
};

type VerbWords = {
  /** The label of the dialog's button, and the start of its title. */
  readonly name: string;
  readonly title: (keys: string) => string;
  /** The line below the title: what happens to each key. */
  readonly about: string;
  readonly doing: string;
  /** "3 keys revoked". */
  readonly done: (keys: string) => string;
};

export const verbWords: Readonly<Record<BulkVerb, VerbWords>> = {
  revoke: {
    name: "Revoke",
    title: (keys) => `Revoke ${keys}`,
    about: "Every call with these keys is refused from that moment on. They stay in the list as revoked.",
    doing: "Revoking",
    done: (keys) => `${keys} revoked`,
  },
  delete: {
    name: "Delete",
    title: (keys) => `Delete ${keys}`,
    about: "Every call with these keys is refused from that moment on, and they leave the list.",
    doing: "Deleting",
    done: (keys) => `${keys} deleted`,
  },
  pause: {
    name: "Pause",
    title: (keys) => `Pause ${keys}`,
    about: "Every call with these keys is refused until they are resumed. Their expiry keeps running.",
    doing: "Pausing",
    done: (keys) => `${keys} paused`,
  },
  resume: {
    name: "Resume",
    title: (keys) => `Resume ${keys}`,
    about: "Calls with these keys are accepted again at once.",
    doing: "Resuming",
    done: (keys) => `${keys} resumed`,
  },
  transfer: {
    name: "Transfer",
    title: (keys) => `Transfer ${keys}`,
    about:
      "Another member becomes their creator, and the keys can do what that person can. They keep working.",
    doing: "Transferring",
    done: (keys) => `${keys} transferred`,
  },
  addRole: {
    name: "Add role",
    title: (keys) => `Add a role to ${keys}`,
    about: "The keys keep their other roles. Each stays limited by its own level and its creator's.",
    doing: "Adding the role to",
    done: (keys) => `Role added to ${keys}`,
  },
  removeRole: {
    name: "Remove role",
    title: (keys) => `Remove a role from ${keys}`,
    about: "Calls that need a permission of this role are refused from that moment on.",
    doing: "Removing the role from",
    done: (keys) => `Role removed from ${keys}`,
  },
};

/** Why keys are left alone, as the end of "3 left alone: ...". */
export const skipWords: Readonly<Record<SkipReason, string>> = {
  revoked: "revoked already",
  expired: "expired already",
  paused: "paused already",
  not_paused: "not paused",
  has_role: "with the role already",
  lacks_role: "without the role",
  too_many_roles: `with ${rolesMaximum} roles already`,
  already_theirs: "theirs already",
  receiver: "beyond what this person could generate",
  owner_level: "Owner-level: only an owner can do this",
  not_allowed: "not yours to change",
  default_key: "the Default API Key, which can be stopped only from its own menu",
  changed: "changed since your review",
  gone: "no longer there",
};

/** Warns that the person can pause these keys but not resume them. @param changing the number of keys to pause */
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

/** "5 keys revoked, with 1 key made with their tokens". */
export function doneText(verb: BulkVerb, { changed, alsoChanged }: RunResult): string {
  const done = verbWords[verb].done(changed === 0 ? "no key" : countOf(changed, "key"));
  const also = alsoChanged === 0 ? "" : `, with ${countOf(alsoChanged, "key")} made with their tokens`;
  return `${done.charAt(0).toUpperCase()}${done.slice(1)}${also}`;
}

/** `doneText` plus the keys left alone and why: "5 keys revoked, 1 left alone: expired already". */
export function endText(verb: BulkVerb, result: RunResult): string {
  const { skipped } = result;
  if (skipped.length === 0) return doneText(verb, result);
  const reasons = new Map<SkipReason, number>();
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const each = [...reasons].map(([reason, count]) =>
    reasons.size === 1 ? skipWords[reason] : `${grouped(count)} ${skipWords[reason]}`,
  );
  return `${doneText(verb, result)}, ${grouped(skipped.length)} left alone: ${each.join("; ")}`;
}
