import type { KeyFilters } from "./filter/key-filters";
import type { StatusFilter } from "./key-status";
import { statusFilters } from "./key-status";

/** The columns that the list of keys can be sorted by. */
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

/** The statuses that a list can be filtered by. Paused and rolling keys are active too, so they have no tabs. */
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

/** A cookie with a browser's last choice, for URLs that name no columns. */
export const keyColumnsCookie = "latchkey-key-columns";

/** Parses the cookie. It may be old or forged, so unknown names are ignored. */
export function readKeyColumns(text: string): OptionalKeyColumn[] {
  const named = text.split(",");
  return optionalKeyColumns.filter((column) => named.includes(column));
}

/** Row height: two lines or one. */
export const keyDensities = ["comfortable", "compact"] as const;
export type KeyDensity = (typeof keyDensities)[number];

/** A cookie with a browser's choice. URLs do not contain it, since it depends on the reader's screen. */
export const keyDensityCookie = "latchkey-key-density";

/** Parses the cookie, which may be forged. */
export function readKeyDensity(text: string): KeyDensity {
  return keyDensities.find((density) => density === text) ?? "comfortable";
}
