import type { AuditActionGroup } from "@/lib/core/audit/audit-action-groups";
import { actionsIn, auditActionGroups } from "@/lib/core/audit/audit-action-groups";

const groupWords: Readonly<Record<AuditActionGroup, string>> = {
  keys: "Everything about API keys",
  sign_ins: "Sign-ins and passwords",
  people: "People and access",
  roles: "Roles",
  resources: "Applications, workspaces and groups",
  settings: "Organization and webhooks",
};

const subjectWords: Readonly<Record<string, string>> = {
  ...{ key: "Key", key_view: "View", token_family: "Tokens", member: "Member", grant: "Access" },
  ...{ organization: "Organization", invitation: "Invitation", role: "Role", application: "Application" },
  ...{ workspace: "Workspace", usergroup: "User group", webhook: "Webhook" },
};

/** An action or a group of actions in words: "Key: grace ended" for "key.grace_ended". */
export function actionWords(action: string): string {
  const group = auditActionGroups.find((one) => one === action);
  if (group !== undefined) return groupWords[group];
  const [subject = "", done] = action.split(".");
  // The action filter also accepts a bare verb, such as "revoked".
  if (done === undefined) return action.replaceAll("_", " ");
  return `${subjectWords[subject] ?? subject}: ${done.replaceAll("_", " ")}`;
}

export const actionOptions = [
  { value: "any", text: "Any action" },
  ...auditActionGroups.flatMap((group) => [
    { value: group, text: groupWords[group] },
    ...actionsIn(group).map((action) => ({ value: action, text: actionWords(action) })),
  ]),
];
