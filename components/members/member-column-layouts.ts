import type { ColumnLayout } from "@/components/data-table/column";

/** The columns of the table "Members". The server renders the skeleton from these, without the code of the cells. */
export const memberColumnLayouts = [
  { id: "name", title: "Name", width: "", phone: "whole" },
  { id: "level", title: "Access level", width: "w-36", phone: "end" },
  { id: "email", title: "Email", width: "w-64 @max-[920px]/table:hidden" },
  { id: "joined", title: "Joined", width: "w-32" },
  { id: "liveKeys", title: "Live keys", width: "w-24" },
  { id: "actions", title: "", width: "w-28", phone: "actions" },
] as const satisfies readonly ColumnLayout[];
