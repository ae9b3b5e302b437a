import { foldedText } from "../typed-text";
import type { Permission } from "./permission";
import { builtInPermissions } from "./permission";

/** A named bundle of permissions, shown as `id - Title`. */
export type Role = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly permissions: readonly Permission[];
  /** May a public key hold this role's own `:read` permissions? */
  readonly publishable: boolean;
};

const readPermissions = builtInPermissions.filter((permission) => permission.endsWith(":read"));
const of = (...resources: string[]) =>
  builtInPermissions.filter((permission) => resources.includes(permission.split(":")[0] ?? ""));

/** The built-in roles of every organization. A key without roles has no permissions; `full_access` must be chosen. */
export const builtInRoles = [
  {
    id: "full_access",
    title: "Everything the access level allows",
    description: "Every permission that the access levels of the key and its creator allow.",
    permissions: builtInPermissions,
    publishable: false,
  },
  {
    id: "read_only",
    title: "Read-Only",
    description: "Reads everything and changes nothing.",
    permissions: readPermissions,
    publishable: false,
  },
  {
    id: "key_verifier",
    title: "Verify API Keys",
    description: "Verifies keys. For the services behind your API.",
    permissions: ["keys:verify"],
    publishable: false,
  },
  {
    id: "key_manager",
    title: "Manage API Keys",
    description: "Creates, reads, updates, rolls, revokes, deletes and verifies keys.",
    permissions: of("keys"),
    publishable: false,
  },
  {
    id: "user_manager",
    title: "Manage Users",
    description: "Creates, reads, updates and removes users.",
    permissions: of("users"),
    publishable: false,
  },
  {
    id: "resource_manager",
    title: "Manage Applications, Workspaces and User Groups",
    description: "Creates, reads, updates and deletes applications, workspaces and user groups.",
    permissions: of("applications", "workspaces", "usergroups"),
    publishable: false,
  },
  {
    id: "token_issuer",
    title: "Issue Access Tokens",
    description: "Exchanges the key for access and refresh tokens, and nothing else.",
    permissions: ["tokens:issue"],
    publishable: false,
  },
  {
    id: "auditor",
    title: "Read the Audit Log",
    description: "Reads audit events.",
    permissions: ["audit:read"],
    publishable: false,
  },
] as const satisfies readonly Role[];

export function builtInRole(id: string): Role | undefined {
  return builtInRoles.find((role) => role.id === id);
}

export function roleLabel(role: Pick<Role, "id" | "title">): string {
  return `${role.id} - ${role.title}`;
}

/** Does this role match the search, by id, title, description or permission? */
export function matchesRole(role: Omit<Role, "publishable">, search: string): boolean {
  const sought = foldedText(search);
  return [roleLabel(role), role.description, ...role.permissions].some((text) =>
    foldedText(text).includes(sought),
  );
}
