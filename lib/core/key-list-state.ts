import type { StatusFilter } from "./key-status";

/** What the list of keys can be sorted by. */
export const keySortColumns = [
  "name",
  "type",
  "accessLevel",
  "createdBy",
  "created",
  "lastUsed",
  "expires",
] as const;
export type KeySortColumn = (typeof keySortColumns)[number];

export const sortDirections = ["asc", "desc"] as const;
export const pageSizes = [10, 25, 50, 100] as const;

/** Characters of a search. */
export const searchMaximum = 200;

/** What the API keys page shows when its address says nothing. Stands in no address. */
export const keyListDefaults = {
  search: "",
  status: "active" satisfies StatusFilter,
  sort: "created" satisfies KeySortColumn,
  direction: "desc" satisfies (typeof sortDirections)[number],
  /** 1 is the first. */
  page: 1,
  pageSize: 25 satisfies (typeof pageSizes)[number],
} as const;
