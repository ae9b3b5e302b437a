import type { ColumnLayout } from "@/components/data-table/column-layout";

/** The columns of the table "Members" in order; the skeleton uses the same layout. */
export const membersColumnLayout = [
  { id: "name", title: "Name", width: "w-44 sm:w-60", sticky: "start" },
  { id: "level", title: "Access level", width: "w-41 sm:w-36" },
  { id: "email", title: "Email", width: "w-64" },
  { id: "joined", title: "Joined", width: "w-32" },
  { id: "liveKeys", title: "Live keys", width: "w-24" },
  { id: "actions", title: "", width: "w-28" },
] as const satisfies readonly ColumnLayout[];

export type MembersColumnId = (typeof membersColumnLayout)[number]["id"];
