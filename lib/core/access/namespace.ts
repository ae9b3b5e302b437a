/**
 * A namespace is the place a key or a grant belongs to. Namespaces are not nested: access to an
 * application is not access to its workspaces.
 */
export const namespaceTypes = ["organization", "application", "workspace", "usergroup"] as const;
export type NamespaceType = (typeof namespaceTypes)[number];

/** The word for each type in permissions. */
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

/** How a namespace is shown: its name, preceded by its application's. */
export function namespacePath(name: string, applicationName: string | null): string {
  return applicationName === null ? name : `${applicationName} / ${name}`;
}
