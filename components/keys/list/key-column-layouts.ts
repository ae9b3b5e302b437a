import type { ColumnLayout } from "@/components/data-table/column";
import type { KeySortColumn, sortDirections } from "@/lib/core/keys/key-list-settings";

/**
 * The columns of the table "API keys" in their order; `optionalKeyColumns` are hidden by default. In a narrow table
 * Created, Key ID and Expires are hidden in turn, so that the name keeps at least 184 px.
 */
export const keyColumnLayouts = [
  { id: "name", title: "Name", width: "", sticky: "start", phone: "title" },
  {
    id: "keyId",
    title: "Key ID",
    width: "w-46 @min-[1152px]/table:w-47 @max-[928px]/table:hidden",
  },
  { id: "accessLevel", title: "Access", width: "w-38 @min-[1152px]/table:w-38.5", phone: "about" },
  { id: "type", title: "Type", width: "w-20" },
  { id: "namespace", title: "Namespace", width: "w-44" },
  { id: "subject", title: "Subject", width: "w-44" },
  { id: "labels", title: "Labels", width: "w-56" },
  { id: "createdBy", title: "Created by", width: "w-44" },
  { id: "calls", title: "Calls (24 h)", width: "w-26", align: "right" },
  { id: "status", title: "Status", width: "w-33.5 @min-[1152px]/table:w-34", phone: "end" },
  { id: "created", title: "Created", width: "w-29 @min-[1152px]/table:w-31 @max-[1044px]/table:hidden" },
  { id: "lastUsed", title: "Last used", width: "w-25 @min-[1152px]/table:w-44", phone: "rest" },
  {
    id: "expires",
    title: "Expires",
    width: "w-24.5 @min-[1152px]/table:w-26.5 @max-[744px]/table:hidden",
  },
  { id: "actions", title: "", width: "w-10", sticky: "end", phone: "actions" },
] as const satisfies readonly ColumnLayout[];
export type KeyColumnId = (typeof keyColumnLayouts)[number]["id"];

type KeyOrder = `${KeySortColumn} ${(typeof sortDirections)[number]}`;

/** The sort orders offered on phones. */
export const keyOrders = [
  ["created desc", "Newest first"],
  ["created asc", "Oldest first"],
  ["name asc", "Name, A to Z"],
  ["lastUsed desc", "Last used first"],
  ["lastUsed asc", "Longest unused first"],
  ["expires asc", "First to expire"],
  ["accessLevel desc", "Highest access first"],
] as const satisfies readonly (readonly [KeyOrder, words: string])[];
