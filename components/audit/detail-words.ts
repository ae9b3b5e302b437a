import { namespaceWords, typeWords } from "@/components/keys/key-words";
import { rateWords } from "@/components/keys/limits/rate-words";
import { countOf } from "@/components/ui/count-of";
import { durationText } from "@/components/ui/time/relative-time-text";
import { noticeKinds } from "@/lib/core/notices/notice-kinds";
import { kindWords } from "@/lib/core/notices/notice-text";
import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";

type Words = Readonly<Record<string, string>>;

/** Labels that differ from the field's name in words. */
const labels: Words = {
  allowedAddresses: "Allowed addresses",
  alsoDeleted: "Deleted in it",
  applicationId: "Application ID",
  auditRetentionDays: "Entries are kept",
  bound: "Limit",
  because: "Reason",
  clientId: "Client",
  daysBefore: "Told before",
  deliveryId: "Delivery ID",
  endsAt: "End",
  expiresAt: "Expires",
  family: "Token family",
  firstByItself: "First time by itself",
  from: "By",
  graceSeconds: "Grace period",
  hash: "Hash of the last entry removed",
  invitationId: "Invitation ID",
  keyCreators: "Who may create API keys",
  link: "Link from",
  mailed: "Mailed notices",
  maximumLifetimeDays: "Maximum lifetime",
  namespaceId: "Namespace ID",
  namespaceType: "Namespace",
  newBrowser: "New browser",
  pathChanged: "Path of the URL changed",
  pauseLeakedKeys: "Leaked keys are paused",
  pausedBefore: "Paused since",
  previousUntil: "Previous secret works until",
  replacedEarlier: "Replaces an earlier invitation",
  replacedUnused: "Current secret replaced",
  requireExpiry: "Expiry required",
  roleId: "Role ID",
  rolledItself: "It rolled itself since",
  silentHours: "Ended once unused for",
  slug: "Address",
  superseded: "Earlier grace period ended",
  through: "Last entry removed",
  toUserId: "Creator",
  user: "Acts for",
  userId: "Person",
  wasRevoked: "Revoked before",
  with: "Deleted with",
  withKey: "Together with",
  wouldHaveEndedAt: "Would have ended",
};

/** The words for details with a fixed set of values. */
const values: Readonly<Record<string, Words>> = {
  because: { signed_out: "Signed out", replaced: "The same browser signed in again" },
  bound: {
    "password:account": "Wrong passwords for the account",
    "password:account-at-address": "Wrong passwords for the account from one address",
    "password:address": "Wrong passwords from one address",
    "password:browser": "Wrong passwords in one browser",
    "password:session": "Wrong passwords in one session",
  },
  from: { anybody: "Somebody unknown", browser: "A known browser", session: "A signed-in person" },
  keyCreators: { OWNER: "Owners", ADMIN: "Owners and admins", MEMBER: "Everyone" },
  link: { operator: "The server’s operator", mail: "A mail" },
  mailed: Object.fromEntries(noticeKinds.map((kind) => [kind, kindWords[kind].label])),
  namespaceType: namespaceWords,
  reason: {
    client: "The client revoked its tokens",
    creator_removed: "Its creator lost access",
    leaked: "It leaked",
    person: "A person did",
    policy: "What it depended on ended",
    resource_deleted: "Its namespace was deleted",
    reuse: "A refresh token was used twice",
  },
  setBy: { key: "The key’s own expiry", policy: "The maximum lifetime" },
  type: typeWords,
};

/** The words for an empty detail, if its being empty has a meaning. */
const nothing: Words = {
  auditRetentionDays: "Forever",
  expiresAt: "Never",
  maximumLifetimeDays: "No maximum",
  tokenPrefix: "lk",
};

/** Details that say something only where they are true. */
const exceptions: ReadonlySet<string> = new Set([
  "newBrowser",
  "pathChanged",
  "replacedEarlier",
  "superseded",
]);

const inUnits: Readonly<Record<string, (count: number) => string>> = {
  auditRetentionDays: (days) => countOf(days, "day"),
  daysBefore: (days) => countOf(days, "day"),
  graceSeconds: (seconds) => (seconds === 0 ? "None" : durationText(seconds * 1000)),
  maximumLifetimeDays: (days) => countOf(days, "day"),
  silentHours: (hours) => countOf(hours, "hour"),
};

export function detailLabel(field: string): string {
  return labels[field] ?? inWords(field);
}

/** Whether the detail only says that nothing unusual happened. */
export function isOrdinary(field: string, value: AuditDetails[string]): boolean {
  return value === false && exceptions.has(field);
}

/** A detail's value in words; undefined if it is shown as it is. */
export function detailValue(field: string, value: AuditDetails[string]): string | undefined {
  if (value === null) return nothing[field];
  if (typeof value === "number") return inUnits[field]?.(value);
  if (typeof value !== "string") return undefined;
  return field === "events" && value === "*" ? "All events" : values[field]?.[value];
}

/** Merges the two details of a rate limit into one: "100 requests per minute". */
export function withRateLimit(details: AuditDetails): AuditDetails {
  const shown: Record<string, AuditDetails[string]> = {};
  for (const [field, value] of Object.entries(details)) {
    const [, name, suffix = ""] = /^(rateLimit)(?:Requests|Seconds)(Before)?$/.exec(field) ?? [];
    if (name === undefined) shown[field] = value;
    else shown[`${name}${suffix}`] = rateOf(details, suffix);
  }
  return shown;
}

function rateOf(details: AuditDetails, suffix: string): string | null {
  const [requests, seconds] = [details[`rateLimitRequests${suffix}`], details[`rateLimitSeconds${suffix}`]];
  return typeof requests === "number" && typeof seconds === "number"
    ? rateWords({ requests, seconds })
    : null;
}

/** A field's name in words: "Keys transferred" for "keysTransferred". */
function inWords(field: string): string {
  const words = field.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
