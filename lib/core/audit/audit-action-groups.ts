import type { AuditAction } from "../audit-actions";
import { auditActions, sessionActions } from "../audit-actions";

/** Filters of the audit log that cover several actions. */
export const auditActionGroups = ["keys", "sign_ins", "people", "roles", "resources", "settings"] as const;
export type AuditActionGroup = (typeof auditActionGroups)[number];

const groupOfSubject: Readonly<Record<string, AuditActionGroup>> = {
  ...{ key: "keys", token_family: "keys", key_view: "keys" },
  ...{ member: "people", invitation: "people", grant: "people" },
  ...{ role: "roles", organization: "settings", webhook: "settings" },
  ...{ application: "resources", workspace: "resources", usergroup: "resources" },
};

/** Events about people's accounts that are neither sign-ins nor passwords. */
const accountActions: readonly AuditAction[] = ["member.renamed", "member.mails_chosen"];

export function groupOfAction(action: AuditAction): AuditActionGroup {
  if (!accountActions.includes(action) && sessionActions.some((one) => one === action)) return "sign_ins";
  const group = groupOfSubject[action.split(".")[0] ?? ""];
  if (group === undefined) throw new Error(`The action ${action} is in no group`);
  return group;
}

export function actionsIn(group: AuditActionGroup): readonly AuditAction[] {
  return auditActions.filter((action) => groupOfAction(action) === group);
}
