import { durationText } from "@/components/ui/time/relative-time-text";
import type { KeyAuditAction } from "@/lib/core/audit-actions";
import { readMoment } from "@/lib/core/read-moment";
import type { KeyActivityEntry } from "@/lib/services/audit/read-key-activity";
import { changeTexts } from "./change-texts";
import { joined } from "./joined";

export type ActivityFacts = Pick<KeyActivityEntry, "action" | "details" | "at">;
type Names = Readonly<Record<string, string>>;

/** The text for each key action of the audit trail. It follows the actor's name. */
const texts: Record<KeyAuditAction, (facts: ActivityFacts, names: Names) => string> = {
  "key.generated": () => "generated the key",
  "key.imported": () => "imported the key",
  "key.reported": () => "reported a public or ended token as seen in public",
  "key.updated": ({ details }) => joined(changeTexts(details)) || "saved the key without a change",
  "key.rolled": ({ details }) => rolledText(details),
  "key.grace_ended": ({ details }) =>
    details.silentHours === undefined
      ? "ended the grace period of the previous secret"
      : `ended the grace period of the previous secret, unused for ${details.silentHours} hours`,
  "key.grace_ending": () => "found the previous secret still in use shortly before its end",
  "key.paused": ({ details }) => `paused the key${becauseText(details.reason)}${together(details.withKey)}`,
  "key.resumed": ({ at, details }) =>
    `resumed the key${afterText(details.pausedBefore, at)}${together(details.withKey)}`,
  "key.revoked": ({ details }) => `revoked the key${becauseText(details.reason)}`,
  "key.transferred": ({ details }, names) =>
    `transferred the key from ${nameOf(details.fromUserId, names)} to ${nameOf(details.toUserId, names)}`,
  "key.deleted": () => "deleted the key",
  "key.expiring": () => "noticed that the key ends soon",
  "key.expired": () => "noticed that the key has ended",
  "token_family.revoked": ({ details }) =>
    details.reason === "reuse"
      ? "used a refresh token twice, which ended the tokens of that exchange"
      : "revoked tokens that the key was exchanged for",
};

export const keyActivityActions = Object.keys(texts) as KeyAuditAction[];

/** "rolled the secret, with 12 hours of grace for the previous one" */
export function activityText(facts: ActivityFacts, names: Names): string {
  const text = texts[facts.action];
  // Another node may already run a version with more actions.
  return text === undefined ? `did “${facts.action}”` : text(facts, names);
}

type Details = ActivityFacts["details"];
type Detail = Details[string] | undefined;

function rolledText({ replacedUnused, graceSeconds, superseded }: Details): string {
  if (replacedUnused === true) return "replaced the current secret, which nobody had used";
  const also = superseded === true ? ". That ended the grace period before it" : "";
  if (typeof graceSeconds !== "number") return `rolled the secret${also}`;
  if (graceSeconds === 0) return `rolled the secret without grace for the previous one${also}`;
  return `rolled the secret, with ${durationText(graceSeconds * 1000)} of grace for the previous one${also}`;
}

function together(withKey: Detail): string {
  return typeof withKey === "string" ? `, together with ${withKey}, whose token made it` : "";
}

function afterText(pausedBefore: Detail, at: Date): string {
  const paused = typeof pausedBefore === "string" ? readMoment(pausedBefore) : null;
  return paused === null ? "" : ` after ${durationText(Math.max(0, at.getTime() - paused.getTime()))}`;
}

function becauseText(reason: Detail): string {
  switch (reason) {
    case "creator_removed":
      return ", because its creator lost access";
    case "leaked":
      return ", because it leaked";
    case "policy":
      return ", because what it depended on ended";
    case "resource_deleted":
      return ", because its namespace was deleted";
    default:
      return "";
  }
}

function nameOf(userId: Detail, names: Names): string {
  return (typeof userId === "string" ? names[userId] : undefined) ?? "another person";
}
