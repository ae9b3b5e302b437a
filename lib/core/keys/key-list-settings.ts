import type { KeyFilters } from "./filter/key-filters";
import type { StatusFilter } from "./key-status";
import { statusFilters } from "./key-status";

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

/** What a list can be filtered by. Paused and rolling keys are active ones, so they have no tab beside those. */
export const keyListStatuses = [...statusFilters, "paused", "rolling"] as const;
export type KeyListStatus = (typeof keyListStatuses)[number];

export function hasTab(status: KeyListStatus): status is StatusFilter {
  return statusFilters.some((tab) => tab === status);
}

export const sortDirections = ["asc", "desc"] as const;
export const pageSizes = [10, 25, 50, 100] as const;

/** In characters. */
export const searchMaximum = 200;

/** The API keys page without URL parameters. Default values are left out of URLs. */
export const keyListDefaults = {
  search: "",
  filters: {} satisfies KeyFilters,
  status: "active" satisfies StatusFilter,
  sort: "created" satisfies KeySortColumn,
  direction: "desc" satisfies (typeof sortDirections)[number],
  /** Starts at 1. */
  page: 1,
  pageSize: 25 satisfies (typeof pageSizes)[number],
} as const;

/** The columns that people add to the table "API keys", in the table's order. */
export const optionalKeyColumns = ["type", "namespace", "subject", "labels", "createdBy", "calls"] as const;
export type OptionalKeyColumn = (typeof optionalKeyColumns)[number];

/** Remembers a browser's last choice, for addresses that name no columns. */
export const keyColumnsCookie = "latchkey-key-columns";

/** Reads such a choice. It may be old or typed by hand, so unknown names are ignored. */
export function readKeyColumns(text: string): OptionalKeyColumn[] {
  const named = text.split(",");
  return optionalKeyColumns.filter((column) => named.includes(column));
}

/** How high the rows are: two lines, or one. */
export const keyDensities = ["comfortable", "compact"] as const;
export type KeyDensity = (typeof keyDensities)[number];

/** Remembers a browser's choice. It is about the reader's screen, so links do not carry it. */
export const keyDensityCookie = "latchkey-key-density";

/** Reads such a choice, which may be typed by hand. */
export function readKeyDensity(text: string): KeyDensity {
  return keyDensities.find((density) => density === text) ?? "comfortable";
}
