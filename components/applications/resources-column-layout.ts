import type { ColumnLayout } from "@/components/data-table/column-layout";
import type { ResourceType } from "@/lib/core/access/resource";

const layout = [
  { id: "name", title: "Name", width: "w-46 sm:w-72", sticky: "start" },
  { id: "level", title: "Your access", width: "w-30" },
  { id: "workspaces", title: "Workspaces", width: "w-28" },
  { id: "userGroups", title: "User groups", width: "w-28" },
  { id: "people", title: "People", width: "w-22" },
  { id: "liveKeys", title: "Live keys", width: "w-24" },
  { id: "created", title: "Created", width: "w-34" },
  { id: "actions", title: "", width: "w-12", sticky: "end" },
] as const satisfies readonly ColumnLayout[];

export type ResourcesColumnId = (typeof layout)[number]["id"];

/**
 * The columns of a table of applications, workspaces or user groups in order; the skeleton uses the same layout.
 *
 * @param seesKeys whether the viewer may see how many keys each has
 */
export function resourcesColumnLayout(
  type: ResourceType,
  seesKeys: boolean,
): readonly ColumnLayout<ResourcesColumnId>[] {
  return layout.filter(({ id }) => {
    if (id === "workspaces" || id === "userGroups") return type === "application";
    return id !== "liveKeys" || seesKeys;
  });
}
