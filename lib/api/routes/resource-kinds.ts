import type { ResourceType } from "@/lib/core/access/resource";
import type { Tag } from "../describe/tags";

/** The names and texts of the operations on one kind of resource. */
export type ResourceKind = {
  readonly type: ResourceType;
  readonly path: "/v1/apps" | "/v1/workspaces" | "/v1/usergroups";
  readonly tag: Tag;
  /** For the operation ids, as in `listWorkspaces` and `readWorkspace`. */
  readonly names: { readonly one: string; readonly many: string };
  /** For sentences. */
  readonly words: { readonly one: string; readonly many: string };
  /** Which of them a key sees, depending on its namespace. */
  readonly seen: string;
  /** Where a key creates them. */
  readonly created: string;
  /** What a deletion ends along with it. */
  readonly deleted: string;
  readonly example: { readonly name: string; readonly application_id: string | null };
};

export const resourceKinds: readonly ResourceKind[] = [
  {
    type: "application",
    path: "/v1/apps",
    tag: "Applications",
    names: { one: "App", many: "Apps" },
    words: { one: "application", many: "applications" },
    seen: "A key of the organization sees all of its applications; a key of an application, of a workspace or of a user group in one sees exactly that one.",
    created: "A key of the organization creates them.",
    deleted:
      "Its workspaces and user groups go with it, and all keys of these and of it are revoked, this one too if it is one of them.",
    example: { name: "Storefront", application_id: null },
  },
  {
    type: "workspace",
    path: "/v1/workspaces",
    tag: "Workspaces",
    names: { one: "Workspace", many: "Workspaces" },
    words: { one: "workspace", many: "workspaces" },
    seen: "A key of an application sees its workspaces, a key of a workspace sees that one; no other key sees any, since namespaces are not nested.",
    created: "A key of an application creates them in it.",
    deleted: "Its keys are revoked, this one too if it is one of them.",
    example: { name: "Production", application_id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d13" },
  },
  {
    type: "usergroup",
    path: "/v1/usergroups",
    tag: "User groups",
    names: { one: "UserGroup", many: "UserGroups" },
    words: { one: "user group", many: "user groups" },
    seen: "A key of the organization sees the organization's own user groups, a key of an application those of the application, a key of a user group that one.",
    created:
      "A key of an application creates them in it, a key of the organization those that are in no application.",
    deleted: "Its keys are revoked, this one too if it is one of them.",
    example: { name: "Support", application_id: null },
  },
];
