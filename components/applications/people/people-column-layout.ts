import type { ColumnLayout } from "@/components/data-table/column-layout";

/** The columns of the table "People" in order; the skeleton uses the same layout. */
export const peopleColumnLayout = [
  { id: "name", title: "Name", width: "w-44 sm:w-60", sticky: "start" },
  { id: "level", title: "Access level", width: "w-41 sm:w-36" },
  { id: "email", title: "Email", width: "w-64" },
  { id: "given", title: "Given", width: "w-32" },
  { id: "liveKeys", title: "Live keys here", width: "w-32" },
  { id: "actions", title: "", width: "w-32" },
] as const satisfies readonly ColumnLayout[];

export type PeopleColumnId = (typeof peopleColumnLayout)[number]["id"];
