/**
 * A namespace is the place a key or a grant belongs to. Namespaces are not nested: access to an
 * application is not access to its workspaces.
 */
export const namespaceTypes = ["organization", "application", "workspace", "usergroup"] as const;
export type NamespaceType = (typeof namespaceTypes)[number];

/** How permissions call each kind. */
export const permissionWords = {
  organization: "organizations",
  application: "applications",
  workspace: "workspaces",
  usergroup: "usergroups",
} as const satisfies Record<NamespaceType, string>;

/** `id` is the id of the organization, application, workspace or user group itself. */
export type Namespace = { readonly type: NamespaceType; readonly id: string };

export function sameNamespace(a: Namespace, b: Namespace): boolean {
  return a.type === b.type && a.id === b.id;
}

/** What people see a namespace as: its name, after that of the application it belongs to. */
export function namespacePath(name: string, applicationName: string | null): string {
  return applicationName === null ? name : `${applicationName} / ${name}`;
}
