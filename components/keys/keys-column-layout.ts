/** The columns of the table "API keys" in their order; the skeleton stands on the same. [S4, Y4] */
export const keysColumnLayout = [
  { id: "name", title: "Name", width: "w-36 sm:w-56", sticky: "start" },
  { id: "description", title: "Description", width: "w-52" },
  { id: "keyId", title: "Key ID", width: "w-56" },
  { id: "type", title: "Type", width: "w-24" },
  { id: "accessLevel", title: "Access level", width: "w-32" },
  { id: "roles", title: "Roles", width: "w-48" },
  { id: "namespace", title: "Namespace", width: "w-44" },
  { id: "status", title: "Status", width: "w-28" },
  { id: "createdBy", title: "Created by", width: "w-40" },
  { id: "created", title: "Created", width: "w-36" },
  { id: "lastUsed", title: "Last used", width: "w-36" },
  { id: "expires", title: "Expires", width: "w-36" },
  { id: "actions", title: "", width: "w-12", sticky: "end" },
] as const satisfies readonly {
  id: string;
  title: string;
  width: string;
  sticky?: "start" | "end";
}[];

export type KeysColumnId = (typeof keysColumnLayout)[number]["id"];
