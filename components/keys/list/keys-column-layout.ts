import type { ColumnLayout } from "@/components/data-table/column-layout";

/** The columns of the table "API keys" in order; the skeleton uses the same layout. */
export const keysColumnLayout = [
  { id: "name", title: "Name", width: "w-42 sm:w-47", sticky: "start" },
  { id: "description", title: "Description", width: "w-31" },
  { id: "keyId", title: "Key ID", width: "w-50" },
  { id: "type", title: "Type", width: "w-18" },
  { id: "accessLevel", title: "Access level", width: "w-29" },
  { id: "roles", title: "Roles", width: "w-40" },
  { id: "namespace", title: "Namespace", width: "w-42" },
  { id: "status", title: "Status", width: "w-24" },
  { id: "createdBy", title: "Created by", width: "w-36" },
  { id: "created", title: "Created", width: "w-32" },
  { id: "lastUsed", title: "Last used", width: "w-34" },
  { id: "expires", title: "Expires", width: "w-32" },
  { id: "actions", title: "", width: "w-12", sticky: "end" },
] as const satisfies readonly ColumnLayout[];

export type KeysColumnId = (typeof keysColumnLayout)[number]["id"];
