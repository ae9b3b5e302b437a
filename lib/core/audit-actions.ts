/** Events about people's sessions, passwords and names. Recorded in every organization they belong to. */
export const sessionActions = [
  "member.signed_in",
  "member.sign_in_failed",
  "member.signed_out",
  "member.password_confirmed",
  "member.password_refused",
  "member.password_changed",
  "member.password_reset",
  "member.locked_out",
  "member.renamed",
  "member.mails_chosen",
] as const;
export type SessionAction = (typeof sessionActions)[number];

/** Every action the audit log can hold. An action's name never changes its meaning. */
export const auditActions = [
  "organization.created",
  "organization.updated",
  "organization.audit_keyed",
  "organization.audit_cut",
  "member.invited",
  "member.created",
  "member.password_set",
  "member.joined",
  "member.level_changed",
  "member.removed",
  ...sessionActions,
  "invitation.revoked",
  "key.generated",
  "key.imported",
  "key.updated",
  "key.rolled",
  "key.grace_ended",
  "key.grace_ending",
  "key.paused",
  "key.resumed",
  "key.revoked",
  "key.transferred",
  "key.reported",
  "key.deleted",
  "key.expiring",
  "key.expired",
  "token_family.revoked",
  "key_view.saved",
  "key_view.renamed",
  "key_view.deleted",
  "role.created",
  "role.updated",
  "role.deleted",
  "application.created",
  "application.renamed",
  "application.deleted",
  "workspace.created",
  "workspace.renamed",
  "workspace.deleted",
  "usergroup.created",
  "usergroup.renamed",
  "usergroup.deleted",
  "grant.given",
  "grant.changed",
  "grant.taken",
  "webhook.created",
  "webhook.updated",
  "webhook.secret_rotated",
  "webhook.tested",
  "webhook.resent",
  "webhook.disabled",
  "webhook.deleted",
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Actions that can start or stop a key's calls. */
export const callChangingActions = [
  ...(["key.paused", "key.resumed", "key.revoked", "key.deleted", "key.grace_ended", "key.rolled"] as const),
  ...(["key.updated", "role.updated", "member.removed", "organization.updated"] as const),
] as const satisfies readonly AuditAction[];

/** The actions whose entries are about an API key. */
export type KeyAuditAction = Extract<AuditAction, `key.${string}` | "token_family.revoked">;

export const auditActorKinds = ["user", "key", "system"] as const;

export const auditTargetTypes = [
  "organization",
  "member",
  "invitation",
  "key",
  "key_view",
  "role",
  "application",
  "workspace",
  "usergroup",
  "webhook",
] as const;
export type AuditTargetType = (typeof auditTargetTypes)[number];
