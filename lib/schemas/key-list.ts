import { z } from "zod";
import type { FilterKind, KeyFilters } from "@/lib/core/keys/filter/key-filters";
import { filterKinds, filterValuesMaximum } from "@/lib/core/keys/filter/key-filters";
import { readFilterValue } from "@/lib/core/keys/filter/read-filter-value";
import { tooMany } from "@/lib/core/keys/filter/typed-search";
import {
  keyListDefaults,
  keyListStatuses,
  keySortColumns,
  pageSizes,
  searchMaximum,
  sortDirections,
} from "@/lib/core/keys/key-list-settings";
import { typedString } from "@/lib/schemas/fields/plain-text";

/** The search term, normalized like stored names. */
export const searchInput = typedString(searchMaximum)
  .max(searchMaximum, `Search for at most ${searchMaximum} characters`)
  .refine((text) => !text.includes("\0") && text.isWellFormed(), "This text cannot be searched for");

/** The values of one filter. An invalid value is refused: ignoring it would show all keys. */
function filterValues(kind: FilterKind) {
  const value = z.string().transform((text, context) => {
    const read = readFilterValue(kind, text);
    if ("value" in read) return read.value;
    context.addIssue({ code: "custom", message: read.fault });
    return z.NEVER;
  });
  return z
    .array(value)
    .max(filterValuesMaximum, tooMany(kind))
    .transform((values) => [...new Set(values)])
    .optional();
}

type FilterSchemas = { readonly [Kind in FilterKind]: ReturnType<typeof filterValues> };

/** All filters except the status. */
export const keyListFilters = z
  .strictObject(Object.fromEntries(filterKinds.map((kind) => [kind, filterValues(kind)])) as FilterSchemas)
  .transform(
    (filters) =>
      Object.fromEntries(
        Object.entries(filters).filter(([, values]) => values !== undefined && values.length > 0),
      ) as KeyFilters,
  );

/** The state of the API keys page, as in its URL. */
export const keyListInput = z.strictObject({
  search: searchInput.default(keyListDefaults.search),
  filters: keyListFilters.default(keyListDefaults.filters),
  status: z.enum(keyListStatuses).default(keyListDefaults.status),
  sort: z.enum(keySortColumns).default(keyListDefaults.sort),
  direction: z.enum(sortDirections).default(keyListDefaults.direction),
  page: z.int().min(1).max(1_000_000).default(keyListDefaults.page),
  pageSize: z.union(pageSizes.map((size) => z.literal(size))).default(keyListDefaults.pageSize),
});
export type KeyListInput = z.infer<typeof keyListInput>;

const findMaximum = 100;

/** Requests the values of one filter, with the number of keys for each. */
export const keyFacetsInput = z.strictObject({
  list: keyListInput.pick({ search: true, filters: true, status: true }),
  kind: z.enum(filterKinds),
  /** Text that the values must contain. */
  find: typedString(findMaximum)
    .max(findMaximum, `Look for at most ${findMaximum} characters`)
    .refine((text) => !text.includes("\0") && text.isWellFormed(), "This text cannot be looked for"),
  /** Only keys that this person created, as on their own page. */
  own: z.boolean(),
});
export type KeyFacetsInput = z.infer<typeof keyFacetsInput>;
