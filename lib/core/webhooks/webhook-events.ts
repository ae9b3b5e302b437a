import type { AuditAction } from "../audit-actions";

/** The events that a webhook endpoint can receive. A type never changes its meaning. */
export const webhookEvents = [
  "key.created",
  "key.updated",
  "key.rolled",
  "key.grace_ended",
  "key.paused",
  "key.resumed",
  "key.revoked",
  "key.auto_revoked",
  "key.leaked",
  "key.expiring",
  "key.expired",
  "key.deleted",
  "member.invited",
  "member.created",
  "member.joined",
  "member.level_changed",
  "member.removed",
  "role.created",
  "role.updated",
  "role.deleted",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** Sent only on request, to test an endpoint. */
export const testEvent = "webhook.test";

/** Selects all events, including future ones. */
export const everyEvent = "*";

/**
 * The webhook event of each audit action; null for none. Because it lists every action, a new one does not compile
 * until this is decided. Sign-ins are private, and changes of resources, access and settings are not about a key.
 */
const eventOf: Readonly<Record<AuditAction, WebhookEvent | null>> = {
  "key.generated": "key.created",
  "key.imported": "key.created",
  "key.updated": "key.updated",
  "key.transferred": "key.updated",
  "key.rolled": "key.rolled",
  "key.grace_ended": "key.grace_ended",
  "key.paused": "key.paused",
  "key.resumed": "key.resumed",
  "key.revoked": "key.revoked",
  "key.reported": "key.leaked",
  "key.expiring": "key.expiring",
  "key.expired": "key.expired",
  "key.deleted": "key.deleted",
  "token_family.revoked": null,
  "member.invited": "member.invited",
  "member.created": "member.created",
  "member.joined": "member.joined",
  "member.level_changed": "member.level_changed",
  "member.removed": "member.removed",
  "member.password_set": null,
  "member.signed_in": null,
  "member.sign_in_failed": null,
  "member.signed_out": null,
  "member.password_confirmed": null,
  "member.password_refused": null,
  "member.password_changed": null,
  "member.password_reset": null,
  "member.locked_out": null,
  "member.renamed": null,
  "member.mails_chosen": null,
  "invitation.revoked": null,
  "role.created": "role.created",
  "role.updated": "role.updated",
  "role.deleted": "role.deleted",
  "organization.created": null,
  "organization.updated": null,
  "organization.audit_keyed": null,
  "organization.audit_cut": null,
  "key.grace_ending": null,
  "key_view.saved": null,
  "key_view.renamed": null,
  "key_view.deleted": null,
  "application.created": null,
  "application.renamed": null,
  "application.deleted": null,
  "workspace.created": null,
  "workspace.renamed": null,
  "workspace.deleted": null,
  "usergroup.created": null,
  "usergroup.renamed": null,
  "usergroup.deleted": null,
  "grant.given": null,
  "grant.changed": null,
  "grant.taken": null,
  "webhook.created": null,
  "webhook.updated": null,
  "webhook.secret_rotated": null,
  "webhook.tested": null,
  "webhook.resent": null,
  "webhook.disabled": null,
  "webhook.deleted": null,
};

/**
 * The events for an audit entry, in the order in which they are sent. A key that Latchkey itself revokes also sends
 * `key.revoked`, so its receivers miss none; the second event is for receivers that only want those.
 *
 * @param reason why the key was revoked or paused
 */
export function eventsOf(action: AuditAction, reason: unknown): readonly WebhookEvent[] {
  // Another node may already run a version with more actions.
  const event: WebhookEvent | null | undefined = eventOf[action];
  if (event === null || event === undefined) return [];
  if (event === "key.paused" && reason === "leaked") return [event, "key.leaked"];
  if (event !== "key.revoked" || reason === "person") return [event];
  return [event, reason === "leaked" ? "key.leaked" : "key.auto_revoked"];
}
