import type { ColumnLayout } from "@/components/data-table/column";
import type { ResourceType } from "@/lib/core/access/resource";

/** The columns of the tables of applications, workspaces and user groups. The server renders the skeleton from these, without the code of the cells. */
export const resourceColumnLayouts = [
  { id: "name", title: "Name", width: "", phone: "title" },
  { id: "level", title: "Your access", width: "w-30", phone: "about" },
  { id: "workspaces", title: "Workspaces", width: "w-28" },
  { id: "userGroups", title: "User groups", width: "w-28 @max-[760px]/table:hidden" },
  { id: "people", title: "People", width: "w-22", phone: "rest" },
  { id: "liveKeys", title: "Live keys", width: "w-24" },
  { id: "created", title: "Created", width: "w-34 @max-[900px]/table:hidden" },
  { id: "actions", title: "", width: "w-10", sticky: "end", phone: "actions" },
] as const satisfies readonly ColumnLayout[];

/** @param seesKeys whether the viewer may see the number of keys */
export function shownResourceColumns(type: ResourceType, seesKeys: boolean) {
  return resourceColumnLayouts.filter(({ id }) => {
    if (id === "workspaces" || id === "userGroups") return type === "application";
    return id !== "liveKeys" || seesKeys;
  });
}
