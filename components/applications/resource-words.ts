import type { AccessLevel } from "@/lib/core/access/access-level";
import { type Resource, type ResourceType, resourceTypes } from "@/lib/core/access/resource";

/** A resource with the name its dialogs show. */
export type NamedResource = Resource & { readonly name: string };

/** What to create, and in which application (null: in none). */
export type NewResource = { readonly type: ResourceType; readonly applicationId: string | null };

type Words = {
  /** The noun inside a sentence. */
  readonly one: string;
  readonly many: string;
  /** The noun as a heading, table or view title. */
  readonly title: string;
};

/** Interface labels for the core's terms. */
export const resourceWords: Record<ResourceType, Words> = {
  application: { one: "application", many: "applications", title: "Applications" },
  workspace: { one: "workspace", many: "workspaces", title: "Workspaces" },
  usergroup: { one: "user group", many: "user groups", title: "User groups" },
};

export function countWords(count: number, type: ResourceType): string {
  const { one, many } = resourceWords[type];
  return `${count} ${count === 1 ? one : many}`;
}

/** What each level lets a person do in this kind of resource. */
export function levelReach(type: ResourceType): Record<AccessLevel, string> {
  const { one } = resourceWords[type];
  return {
    OWNER: `Does everything with this ${one}, and manages who has access to it.`,
    ADMIN:
      type === "application"
        ? "Renames this application, and creates workspaces and user groups in it."
        : `Renames and deletes this ${one}.`,
    MEMBER:
      type === "application"
        ? "Sees this application, and the names of its workspaces and user groups."
        : `Sees this ${one} and who has access.`,
  };
}

/** Why this viewer may not rename or delete it, as a sentence without its full stop; undefined if they may. */
export function whyNot(
  { type, allowed }: Resource & { readonly allowed: { readonly update: boolean; readonly delete: boolean } },
  act: "update" | "delete",
): string | undefined {
  if (allowed[act]) return undefined;
  const who = act === "delete" && type === "application" ? "owners" : "admins and owners";
  return `Only ${who} of this ${resourceWords[type].one} can ${act === "delete" ? "delete" : "rename"} it`;
}

const folders: Record<ResourceType, string> = {
  application: "",
  workspace: "/workspaces",
  usergroup: "/user-groups",
};

export function applicationsPath(organizationSlug: string): string {
  return `/${organizationSlug}/settings/applications`;
}

/** The resource whose page has this path, below that of the applications; null if there is no such page. */
export function resourceOfPath(path: readonly string[]): Resource | null {
  const id = path.at(-1) ?? "";
  const folder = path
    .slice(0, -1)
    .map((part) => `/${part}`)
    .join("");
  const type = resourceTypes.find((one) => folders[one] === folder);
  return type === undefined ? null : { type, id };
}

/** The path of a resource's page. */
export function resourcePath(organizationSlug: string, { type, id }: Resource): string {
  return `${applicationsPath(organizationSlug)}${folders[type]}/${id}`;
}
