/**
 * The filters of a list of keys besides its status, in the order in which they are offered. These are the names of URL
 * parameters and of typed terms.
 */
export const filterKinds = [
  ...(["creator", "namespace", "role", "level", "type", "subject", "label"] as const),
  ...(["created", "used", "expires", "is"] as const),
] as const;
export type FilterKind = (typeof filterKinds)[number];

/**
 * The values of each filter, as in the URL and in typed terms. A key must match one value of each filter, but all
 * labels and times. A creator or namespace is an id or part of a name.
 */
export type KeyFilters = { readonly [Kind in FilterKind]?: readonly string[] };

/** The maximum number of values per filter. */
export const filterValuesMaximum = 10;

export function isFilterKind(name: string): name is FilterKind {
  return filterKinds.some((kind) => kind === name);
}

/** Adds a value. Returns the same filters if they already have it. */
export function withFilter(filters: KeyFilters, kind: FilterKind, value: string): KeyFilters {
  const values = filters[kind] ?? [];
  return values.includes(value) ? filters : { ...filters, [kind]: [...values, value] };
}

export function withoutFilter(filters: KeyFilters, kind: FilterKind, value: string): KeyFilters {
  const { [kind]: values = [], ...others } = filters;
  const left = values.filter((other) => other !== value);
  return left.length === 0 ? others : { ...others, [kind]: left };
}

/** All values with their filters, in the order of the filters. */
export function eachFilter(filters: KeyFilters): { readonly kind: FilterKind; readonly value: string }[] {
  return filterKinds.flatMap((kind) => (filters[kind] ?? []).map((value) => ({ kind, value })));
}
