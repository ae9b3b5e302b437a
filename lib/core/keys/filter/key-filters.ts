/**
 * What a list of keys can be filtered by besides its status: the names of the address's parameters and of the terms
 * that people type, in the order in which they are offered.
 */
export const filterKinds = [
  ...(["creator", "namespace", "role", "level", "type", "subject", "label"] as const),
  ...(["created", "used", "expires", "is"] as const),
] as const;
export type FilterKind = (typeof filterKinds)[number];

/**
 * The values of each kind, as they are in the address and as people type them. A key meets one of them; of labels and
 * times it meets all. A creator or a namespace is an id, or a part of a name.
 */
export type KeyFilters = { readonly [Kind in FilterKind]?: readonly string[] };

/** The most values of one kind. */
export const filterValuesMaximum = 10;

export function isFilterKind(name: string): name is FilterKind {
  return filterKinds.some((kind) => kind === name);
}

/** The filters with one more value; the same if they have it. */
export function withFilter(filters: KeyFilters, kind: FilterKind, value: string): KeyFilters {
  const values = filters[kind] ?? [];
  return values.includes(value) ? filters : { ...filters, [kind]: [...values, value] };
}

export function withoutFilter(filters: KeyFilters, kind: FilterKind, value: string): KeyFilters {
  const { [kind]: values = [], ...others } = filters;
  const left = values.filter((other) => other !== value);
  return left.length === 0 ? others : { ...others, [kind]: left };
}

/** Each value with its kind, in the order of the kinds. */
export function eachFilter(filters: KeyFilters): { readonly kind: FilterKind; readonly value: string }[] {
  return filterKinds.flatMap((kind) => (filters[kind] ?? []).map((value) => ({ kind, value })));
}
