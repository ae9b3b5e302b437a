import type { ColumnLayout } from "@/components/data-table/column";

/** The columns of the table "Roles". The server renders the skeleton from these, without the code of the cells. */
export const roleColumnLayouts = [
  { id: "role", title: "Role", width: "", phone: "title" },
  { id: "description", title: "Description", width: "w-64 @max-[1000px]/table:hidden", phone: "rest" },
  { id: "permissions", title: "Permissions", width: "w-52" },
  { id: "kind", title: "Kind", width: "w-22", phone: "about" },
  { id: "publishable", title: "Publishable", width: "w-26 @max-[760px]/table:hidden" },
  { id: "keys", title: "Keys", width: "w-18", phone: "aside" },
  { id: "actions", title: "", width: "w-10", sticky: "end", phone: "actions" },
] as const satisfies readonly ColumnLayout[];
