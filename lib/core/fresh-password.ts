import type { AccessLevel } from "./access/access-level";
import { isBelow } from "./access/access-level";

type LevelChange = {
  /** Null if they had no access before. */
  readonly levelBefore: AccessLevel | null;
  readonly accessLevel: AccessLevel;
  readonly keysTransferred: number;
};

const always = () => true;

/** Promotes to OWNER, lowers any level (which limits the person's keys), or transfers keys. */
const changesPower = ({ levelBefore, accessLevel, keysTransferred }: LevelChange) =>
  accessLevel === "OWNER" ||
  (levelBefore !== null && isBelow(accessLevel, levelBefore)) ||
  keysTransferred > 0;

/**
 * What a signed-in person may do only within five minutes of entering their password: anything that grants or removes
 * OWNER power, ends or replaces credentials in use, stops many keys at once, or silences warnings. Each rule decides on
 * what the verb read under its locks, never on what the browser claims.
 *
 * Pausing or revoking a single key is not listed: an incident must never wait for a password.
 */
export const freshPasswordRules = {
  changeAccessLevel: changesPower,
  changeGrant: changesPower,
  giveGrant: ({ accessLevel }: { readonly accessLevel: AccessLevel }) => accessLevel === "OWNER",
  takeGrant: always,
  removeMember: always,
  deleteResource: always,
  inviteMember: ({ accessLevel }: { readonly accessLevel: AccessLevel }) => accessLevel === "OWNER",
  /** A prefix can never be taken back once it is used. */
  updateOrganization: ({
    keyCreatorsChange,
    tokenPrefixChange,
    lifetimeChange,
    auditEndsEarlier,
    leaksOnlyPaused,
  }: {
    readonly keyCreatorsChange: boolean;
    readonly tokenPrefixChange: boolean;
    /** Whether the maximum lifetime changes: a shorter one ends keys, a longer one revives ended ones. */
    readonly lifetimeChange: boolean;
    /** Whether audit entries would be removed earlier than before. */
    readonly auditEndsEarlier: boolean;
    /** Whether leaked keys would only be paused from now on. */
    readonly leaksOnlyPaused: boolean;
  }) => keyCreatorsChange || tokenPrefixChange || lifetimeChange || auditEndsEarlier || leaksOnlyPaused,
  updateRole: ({ powerChanges, keys }: { readonly powerChanges: boolean; readonly keys: number }) =>
    powerChanges && keys > 0,
  generateKey: ({ accessLevel }: { readonly accessLevel: AccessLevel }) => accessLevel === "OWNER",
  rollKey: always,
  endGrace: always,
  rotateWebhookSecret: always,
  /** Another server would receive all events from now on, including those waiting to be sent. */
  updateWebhook: ({ isOtherServer }: { readonly isOtherServer: boolean }) => isOtherServer,
  resumeKey: ({
    accessLevel,
    pausedByOther,
  }: {
    readonly accessLevel: AccessLevel;
    readonly pausedByOther: boolean;
  }) => accessLevel === "OWNER" || pausedByOther,
  deleteKey: ({ accessLevel }: { readonly accessLevel: AccessLevel }) => accessLevel === "OWNER",
  /** Warnings about an intruder's actions would no longer be mailed. */
  chooseNoticeMails: ({ endsUrgent }: { readonly endsUrgent: boolean }) => endsUrgent,
  /** Several keys at once, or one key whose single change would ask too. */
  changeKeys: ({ keys, asksForOne }: { readonly keys: number; readonly asksForOne: boolean }) =>
    keys > 1 || asksForOne,
  updateKey: ({
    accessLevel,
    powerChanges,
  }: {
    readonly accessLevel: AccessLevel;
    readonly powerChanges: boolean;
  }) => accessLevel === "OWNER" && powerChanges,
};

/**
 * Every other verb of a signed-in person that changes something, and why it never asks. Each must be in one table or
 * the other; a verb that only reads is in neither.
 */
export const withoutFreshPassword = {
  acceptInvitation: "whoever invited an owner entered the password then",
  changeAuditRetention: "is updateOrganization, which asks",
  changePassword: "takes the current password itself",
  confirmPassword: "takes the password itself",
  createResource: "makes what nothing depends on yet",
  createWebhook: "tells nothing that opens anything",
  createRole: "makes what no key carries yet",
  deleteWebhook: "ends messages, and nothing that they tell of",
  deleteKeyView: "ends nothing but a view of one's own",
  deleteRole: "is refused while a key carries the role",
  foundOrganization: "gives power over nothing that was there",
  renameKeyView: "changes a name",
  renameResource: "changes a name",
  retryDelivery: "repeats a message",
  revokeInvitation: "only takes back what nobody has accepted",
  markNoticesRead: "changes nothing but a mark of one's own",
  pauseKey: "must never wait",
  revokeKey: "must never wait",
  revokeWithReceipt: "must never wait",
  saveKeyView: "makes what nothing depends on",
  testWebhook: "sends a message about nothing",
  updateProfile: "changes a name",
} as const;

export type FreshPasswordVerb = keyof typeof freshPasswordRules;
type Facts = { [Verb in FreshPasswordVerb]: Parameters<(typeof freshPasswordRules)[Verb]> };
export type FreshPasswordFacts<Verb extends FreshPasswordVerb> = Facts[Verb];

/** Does this verb need a fresh password, given what it read? */
export function needsFreshPassword<Verb extends FreshPasswordVerb>(
  verb: Verb,
  ...facts: Facts[Verb]
): boolean {
  const rules: { readonly [Each in FreshPasswordVerb]: (...facts: Facts[Each]) => boolean } =
    freshPasswordRules;
  return rules[verb](...facts);
}

const freshMs = 5 * 60 * 1000;

/** Was the password entered recently enough? Exactly five minutes ago still counts. */
export function isFresh(authenticatedAt: Date, now: Date): boolean {
  return now.getTime() - authenticatedAt.getTime() <= freshMs;
}
