import type { ColumnLayout } from "@/components/data-table/column";

/** The columns of the table "API keys" in their order. Some are shown on request: `optionalKeyColumns`. */
export const keyColumnLayouts = [
  { id: "name", title: "Name", width: "w-42 sm:w-58", sticky: "start" },
  { id: "keyId", title: "Key ID", width: "w-50" },
  { id: "accessLevel", title: "Access", width: "w-40" },
  { id: "type", title: "Type", width: "w-20" },
  { id: "namespace", title: "Namespace", width: "w-44" },
  { id: "subject", title: "Subject", width: "w-44" },
  { id: "labels", title: "Labels", width: "w-56" },
  { id: "createdBy", title: "Created by", width: "w-44" },
  { id: "status", title: "Status", width: "w-26" },
  { id: "created", title: "Created", width: "w-34" },
  { id: "lastUsed", title: "Last used", width: "w-32" },
  { id: "expires", title: "Expires", width: "w-30" },
  { id: "actions", title: "", width: "w-12", sticky: "end" },
] as const satisfies readonly ColumnLayout[];
export type KeyColumnId = (typeof keyColumnLayouts)[number]["id"];
