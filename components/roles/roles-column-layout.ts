import type { ColumnLayout } from "@/components/data-table/column-layout";

/** The columns of the table "Roles" in order; the skeleton uses the same layout. */
export const rolesColumnLayout = [
  { id: "role", title: "Role", width: "w-52 sm:w-92", sticky: "start" },
  { id: "description", title: "Description", width: "w-64" },
  { id: "permissions", title: "Permissions", width: "w-52" },
  { id: "kind", title: "Kind", width: "w-22" },
  { id: "publishable", title: "Publishable", width: "w-26" },
  { id: "keys", title: "Keys", width: "w-18" },
  { id: "actions", title: "", width: "w-12", sticky: "end" },
] as const satisfies readonly ColumnLayout[];

export type RolesColumnId = (typeof rolesColumnLayout)[number]["id"];
