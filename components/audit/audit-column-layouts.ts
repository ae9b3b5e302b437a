import type { ColumnLayout } from "@/components/data-table/column";

export const auditLogAbout = "Every change, in the order it happened. An edited or missing entry would show.";

/** The columns of the table "Audit log" and of its skeleton. Narrow windows show only "What". */
export const auditColumnLayouts = [
  { id: "time", title: "Time", width: "w-28 max-lg:w-26", phone: "aside" },
  { id: "who", title: "Who", width: "w-44 max-lg:w-36", phone: "title" },
  { id: "what", title: "What", width: "", phone: "about" },
  { id: "from", title: "From", width: "w-66 max-lg:hidden" },
  { id: "entry", title: "Entry", width: "w-22 max-lg:w-18", align: "right" },
] as const satisfies readonly ColumnLayout[];
