import type { ResourceType } from "@/lib/core/access/resource";
import type { Tag } from "../describe/tags";

/** The names and texts of the operations on one kind of resource. */
export type ResourceKind = {
  readonly type: ResourceType;
  readonly path: "/v1/apps" | "/v1/workspaces" | "/v1/usergroups";
  readonly tag: Tag;
  /** Used in operation ids, such as `listWorkspaces` and `readWorkspace`. */
  readonly names: { readonly one: string; readonly many: string };
  /** Used in sentences. */
  readonly words: { readonly one: string; readonly many: string; readonly a: string };
  /** Which resources a key sees, depending on its namespace. */
  readonly seen: string;
  /** Where new resources are created. */
  readonly created: string;
  /** What else ends with a deletion. */
  readonly deleted: string;
  readonly example: { readonly name: string; readonly application_id: string | null };
};

export const resourceKinds: readonly ResourceKind[] = [
  {
    type: "application",
    path: "/v1/apps",
    tag: "Applications",
    names: { one: "App", many: "Apps" },
    words: { one: "application", many: "applications", a: "an application" },
    seen: "A key of the organization sees all its applications. A key of an application, or of a workspace or user group in one, sees exactly that application.",
    created: "Needs a key of the organization.",
    deleted:
      "Its workspaces and user groups are deleted with it, and all their keys and its own are revoked, including the calling key if it is one of them.",
    example: { name: "Storefront", application_id: null },
  },
  {
    type: "workspace",
    path: "/v1/workspaces",
    tag: "Workspaces",
    names: { one: "Workspace", many: "Workspaces" },
    words: { one: "workspace", many: "workspaces", a: "a workspace" },
    seen: "A key of an application sees its workspaces, and a key of a workspace sees that one. Other keys see none, because namespaces are not nested.",
    created: "Needs a key of an application, and creates the workspace in it.",
    deleted: "Its keys are revoked, including the calling key if it is one of them.",
    example: { name: "Production", application_id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d13" },
  },
  {
    type: "usergroup",
    path: "/v1/usergroups",
    tag: "User groups",
    names: { one: "UserGroup", many: "UserGroups" },
    words: { one: "user group", many: "user groups", a: "a user group" },
    seen: "A key of the organization sees the organization's own user groups, a key of an application the user groups in it, and a key of a user group exactly that one.",
    created:
      "A key of an application creates user groups in it; a key of the organization creates user groups outside of applications.",
    deleted: "Its keys are revoked, including the calling key if it is one of them.",
    example: { name: "Support", application_id: null },
  },
];
