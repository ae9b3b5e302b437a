/** Events about people's sessions, passwords and names. Recorded in every organization they belong to. */
const sessionActions = [
  "member.signed_in",
  "member.sign_in_failed",
  "member.signed_out",
  "member.password_confirmed",
  "member.password_refused",
  "member.password_changed",
  "member.password_reset",
  "member.locked_out",
  "member.renamed",
] as const;
export type SessionAction = (typeof sessionActions)[number];

/** Every action the audit log can hold. An action's name never changes its meaning. */
export const auditActions = [
  "organization.created",
  "organization.updated",
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
  "key.paused",
  "key.resumed",
  "key.revoked",
  "key.transferred",
  "key.deleted",
  "token_family.revoked",
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
] as const;
export type AuditAction = (typeof auditActions)[number];

export const auditActorKinds = ["user", "key", "system"] as const;

export const auditTargetTypes = [
  "organization",
  "member",
  "invitation",
  "key",
  "role",
  "application",
  "workspace",
  "usergroup",
] as const;
export type AuditTargetType = (typeof auditTargetTypes)[number];
