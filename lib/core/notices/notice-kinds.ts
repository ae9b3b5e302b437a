import { endsEarlier, retentionFrom } from "../audit/audit-retention";
import type { AuditAction } from "../audit-actions";

/** The kinds of notices. A kind never changes its meaning, since people's choices refer to it. */
export const noticeKinds = [
  "key_leaked",
  "key_revoked",
  "old_secret_in_use",
  "key_rolled_itself",
  "key_expiring",
  "policy_ended",
  "new_owner",
  "new_browser",
  "audit_kept_shorter",
  "webhook_disabled",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export function isNoticeKind(name: string): name is NoticeKind {
  return noticeKinds.some((kind) => kind === name);
}

/** How soon a notice is mailed: at once, or in the daily mail. */
export type NoticePace = "urgent" | "daily";

export const paceOf: Readonly<Record<NoticeKind, NoticePace>> = {
  key_leaked: "urgent",
  key_revoked: "urgent",
  old_secret_in_use: "urgent",
  key_rolled_itself: "urgent",
  key_expiring: "daily",
  policy_ended: "daily",
  new_owner: "urgent",
  new_browser: "urgent",
  audit_kept_shorter: "urgent",
  webhook_disabled: "daily",
};

/** Always mailed, since an intruder could turn them off: how one comes in, and how one's traces go. */
const alwaysMailed: readonly NoticeKind[] = ["new_browser", "audit_kept_shorter"];

/** The kinds that people can turn off for mail. */
export const chosenKinds: readonly NoticeKind[] = noticeKinds.filter((kind) => !alwaysMailed.includes(kind));

/** @param unmailed the kinds that a person turned off */
export function mailedKinds(unmailed: readonly string[]): readonly NoticeKind[] {
  return noticeKinds.filter((kind) => !chosenKinds.includes(kind) || !unmailed.includes(kind));
}

/** The parts of an audit entry that matter here. */
export type ToldEntry = {
  readonly sequence: number;
  readonly at: Date;
  readonly actorUserId: string | null;
  readonly action: AuditAction;
  readonly targetId: string;
  readonly targetName: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly address: string | null;
  readonly userAgent: string | null;
};

export type NoticeDetails = { readonly [name: string]: string | number | readonly string[] | null };

/**
 * One event to notify people of. Items of the same kind and bundle form one notice, however many keys they are about.
 */
export type ToldItem = {
  readonly kind: NoticeKind;
  readonly bundle: string;
  /** Identifies the item within its bundle. The same event recorded by several organizations has the same source. */
  readonly source: string;
  readonly at: Date;
  /** Who did it. They are not notified. */
  readonly actorId: string | null;
  /** Who is notified: for a key, its creator and the owners; for a person, only that person; otherwise the owners. */
  readonly about: { readonly keyId: string } | { readonly userId: string } | null;
  readonly name: string;
  readonly details: NoticeDetails;
};

/**
 * The notice for an audit entry; null if there is none. Reports of public keys cause none: anybody can read such a key
 * and report it.
 */
export function noticeOf(entry: ToldEntry): ToldItem | null {
  const { action, details, targetId } = entry;
  const day = entry.at.toISOString().slice(0, 10);
  const key = { keyId: targetId };
  switch (action) {
    case "key.expiring": {
      const endsAt = text(details.endsAt);
      const daysBefore = Number(details.daysBefore ?? 14);
      const bundle = `${endsAt.slice(0, 10)} ${daysBefore}`;
      return item(entry, "key_expiring", bundle, key, { endsAt, daysBefore, setBy: text(details.setBy) });
    }
    case "key.expired":
      if (details.setBy !== "policy") return null;
      return item(entry, "policy_ended", day, key, { endsAt: text(details.endsAt) });
    case "key.paused":
      if (details.reason !== "leaked") return null;
      return item(entry, "key_leaked", `${day} paused`, key, { urls: texts(details.urls), done: "paused" });
    case "key.revoked":
      if (details.reason === "person") return null;
      if (details.reason === "leaked") {
        return item(entry, "key_leaked", day, key, { urls: texts(details.urls) });
      }
      return item(entry, "key_revoked", `${day} ${text(details.reason)} ${entry.actorUserId ?? ""}`, key, {
        reason: text(details.reason),
      });
    case "key.rolled":
      if (details.firstByItself !== true) return null;
      return item(entry, "key_rolled_itself", day, key, { address: entry.address });
    case "key.grace_ending":
      return item(entry, "old_secret_in_use", day, key, {
        endsAt: text(details.endsAt),
        usedBy: texts(details.usedBy),
      });
    case "member.level_changed":
    case "member.joined":
      if (details.accessLevel !== "OWNER" || details.levelBefore === "OWNER") return null;
      return item(entry, "new_owner", `${day} ${entry.actorUserId ?? ""}`, null, {
        email: text(details.email),
      });
    case "member.signed_in":
      if (details.newBrowser !== true) return null;
      return item(
        entry,
        "new_browser",
        day,
        { userId: targetId },
        {
          address: entry.address,
          userAgent: entry.userAgent,
        },
      );
    case "organization.updated":
      return keptShorter(entry);
    case "webhook.disabled":
      if (details.failingSince === undefined) return null;
      return item(entry, "webhook_disabled", day, null, { failingSince: text(details.failingSince) });
    default:
      return null;
  }
}

/** The owner who did it is notified too: it may have been somebody in their session. */
function keptShorter(entry: ToldEntry): ToldItem | null {
  const { auditRetentionDays: days, auditRetentionDaysBefore: before = null } = entry.details;
  if (typeof days !== "number" || !(before === null || typeof before === "number")) return null;
  if (!endsEarlier(before, days)) return null;
  const from = retentionFrom(entry.at).toISOString();
  const told = item(entry, "audit_kept_shorter", String(entry.sequence), null, { days, before, from });
  return { ...told, actorId: null };
}

function item(
  { sequence, at, actorUserId, targetName }: ToldEntry,
  kind: NoticeKind,
  bundle: string,
  about: ToldItem["about"],
  details: NoticeDetails,
): ToldItem {
  // A sign-in is recorded in each of the person's organizations at the same moment, but notified once.
  const isPersonal = about !== null && "userId" in about;
  const source = isPersonal ? at.toISOString() : String(sequence);
  const actorId = isPersonal ? null : actorUserId;
  return { kind, bundle, source, at, actorId, about, name: targetName, details };
}

const text = (value: unknown) => (typeof value === "string" ? value : "");
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
