import { activityText, keyActivityActions } from "@/components/keys/activity/activity-text";
import { grouped } from "@/components/ui/grouped";
import { accessLevels, levelWord } from "@/lib/core/access/access-level";
import type { AuditAction, KeyAuditAction } from "@/lib/core/audit-actions";
import type { AuditLogEntry } from "@/lib/services/audit/read-audit-log";
import { entryChanges } from "./entry-changes";

type Facts = Pick<AuditLogEntry, "action" | "targetType" | "targetId" | "actorUserId" | "details" | "at">;
type Names = Readonly<Record<string, string>>;

/** A sentence that follows the actor's name, split where the target's name goes. */
export type EntryText = {
  readonly before: string;
  readonly after: string;
  /** False if the sentence already names the target, or the target is the actor. */
  readonly namesTarget: boolean;
};

const whole = (before: string): EntryText => ({ before, after: "", namesTarget: false });
const around = (before: string, after = ""): EntryText => ({ before, after, namesTarget: true });

const texts: Record<Exclude<AuditAction, KeyAuditAction>, (facts: Facts, names: Names) => EntryText> = {
  "organization.created": () => around("created the organization"),
  "organization.updated": ({ details }, names) => {
    const changed = entryChanges(details, names).map(({ label }) => lowerFirst(label));
    return whole(`changed the settings${changed.length === 0 ? "" : `: ${changed.join(", ")}`}`);
  },
  "organization.audit_keyed": () => whole("secured the earlier entries with a key of the server"),
  "organization.audit_cut": ({ details }) =>
    whole(`removed the entries up to ${grouped(Number(details.through))}, which are no longer kept`),
  "member.invited": ({ details }) => around("invited", ` as ${levelOf(details.accessLevel)}`),
  "member.created": ({ details }) => around("added", ` as ${levelOf(details.accessLevel)}`),
  "member.password_set": () => whole("set their first password"),
  "member.joined": ({ details }) => whole(`joined as ${levelOf(details.accessLevel)}`),
  "member.level_changed": ({ details }) =>
    around("changed", ` from ${levelOf(details.levelBefore)} to ${levelOf(details.accessLevel)}`),
  "member.removed": (facts) => (isSelf(facts) ? whole("left the organization") : around("removed")),
  "member.signed_in": ({ details }) =>
    whole(details.newBrowser === true ? "signed in from a new browser" : "signed in"),
  "member.sign_in_failed": () => around("refused a wrong password for"),
  "member.signed_out": ({ details }) =>
    whole(details.because === "replaced" ? "signed out: the same browser signed in again" : "signed out"),
  "member.password_confirmed": () => whole("confirmed their password"),
  "member.password_refused": () => whole("entered a wrong password"),
  "member.password_changed": () => whole("changed their password"),
  "member.password_reset": () => whole("reset their password"),
  "member.locked_out": () => around("locked out", " after too many wrong passwords"),
  "member.renamed": ({ details }) => around(`renamed themselves from “${details.nameBefore}” to`),
  "member.mails_chosen": () => whole("chose which notices come by mail"),
  "invitation.revoked": () => around("revoked the invitation of"),
  "key_view.saved": () => around("saved the view"),
  "key_view.renamed": ({ details }) => around(`renamed the view “${details.nameBefore}” to`),
  "key_view.deleted": () => around("deleted the view"),
  "role.created": () => around("created the role"),
  "role.updated": () => around("edited the role"),
  "role.deleted": () => around("deleted the role"),
  "application.created": () => around("created the application"),
  "application.renamed": ({ details }) => around(`renamed the application “${details.nameBefore}” to`),
  "application.deleted": () => around("deleted the application"),
  "workspace.created": () => around("created the workspace"),
  "workspace.renamed": ({ details }) => around(`renamed the workspace “${details.nameBefore}” to`),
  "workspace.deleted": () => around("deleted the workspace"),
  "usergroup.created": () => around("created the user group"),
  "usergroup.renamed": ({ details }) => around(`renamed the user group “${details.nameBefore}” to`),
  "usergroup.deleted": () => around("deleted the user group"),
  "grant.given": ({ details }) => around(`gave ${details.name} ${levelOf(details.accessLevel)} access to`),
  "grant.changed": ({ details }) =>
    around(
      `changed ${details.name} from ${levelOf(details.levelBefore)} to ${levelOf(details.accessLevel)} in`,
    ),
  "webhook.created": () => around("added the webhook endpoint"),
  "webhook.updated": ({ details }) =>
    around(`${webhookChange(details.activeBefore, details.active)} the webhook endpoint`),
  "webhook.secret_rotated": () => around("rotated the signing secret of the webhook endpoint"),
  "webhook.tested": () => around("sent a test to the webhook endpoint"),
  "webhook.resent": ({ details }) => around(`sent ${details.type} again to the webhook endpoint`),
  "webhook.disabled": ({ details }) =>
    around("disabled the webhook endpoint", `, which has failed since ${details.failingSince}`),
  "webhook.deleted": () => around("deleted the webhook endpoint"),
  "grant.taken": ({ details }) => around(`took away ${details.name}’s access to`),
};

/** What the actor did, in words, for every action of the audit trail. */
export function entryText(facts: Facts, names: Names): EntryText {
  const { action } = facts;
  if (isAboutKey(action)) return keyText({ ...facts, action }, names);
  // Another node may already run a version with more actions.
  return texts[action]?.(facts, names) ?? around(`did “${action}” to`);
}

function isAboutKey(action: AuditAction): action is KeyAuditAction {
  return keyActivityActions.some((one) => one === action);
}

/** How texts of a key's Activity tab begin, and the words that replace this before the key's name. */
const mentions: readonly (readonly [pattern: RegExp, before: string])[] = [
  [/^rolled the secret/, "rolled"],
  [/^replaced the current secret/, "replaced the current secret of"],
  [/^ended the grace period of the previous secret/, "ended the grace period of"],
  [/^revoked tokens that the key/, "revoked tokens that"],
  [/^noticed that the key/, "noticed that"],
  [/^(?<verb>[a-z]+) the key\b/, "$<verb>"],
];

/** The words of the key's Activity tab, with a place for the key's name. */
function keyText(facts: Facts & { readonly action: KeyAuditAction }, names: Names): EntryText {
  const text = activityText(facts, names);
  for (const [pattern, before] of mentions) {
    const found = pattern.exec(text);
    if (found !== null) {
      return around(
        before.replace("$<verb>", found.groups?.verb ?? ""),
        text.slice(found[0].length).replace("the previous one", "the previous secret"),
      );
    }
  }
  return facts.action === "key.updated" ? around("edited", `: ${text}`) : whole(text);
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function isSelf({ actorUserId, targetId }: Facts): boolean {
  return actorUserId === targetId;
}

function webhookChange(before: unknown, after: unknown): string {
  if (before === after) return "edited";
  return after === true ? "enabled" : "disabled";
}

function levelOf(value: unknown): string {
  const level = accessLevels.find((one) => one === value);
  return level === undefined ? "nothing" : levelWord(level);
}
