import type { ColumnLayout } from "@/components/data-table/column";

export const auditLogAbout = "Every change, in the order it happened. An edited or missing entry would show.";

/** The columns of the table "Audit log". In a narrow window "From" is left to an entry's details. The server renders the skeleton from these. */
export const auditColumnLayouts = [
  { id: "time", title: "Time", width: "w-28", phone: "aside" },
  { id: "who", title: "Who", width: "w-44", phone: "title" },
  { id: "what", title: "What", width: "", phone: "about" },
  { id: "from", title: "From", width: "w-66 max-lg:hidden" },
  { id: "entry", title: "Entry", width: "w-22", align: "right" },
] as const satisfies readonly ColumnLayout[];
