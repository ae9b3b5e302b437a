type Named = { readonly name: string; readonly slug: string };

/** Distinguishes organizations with the same name; undefined if the name is unique. */
export function namesakeAddress(one: Named, all: readonly Named[]): string | undefined {
  const hasNamesake = all.some(({ name, slug }) => name === one.name && slug !== one.slug);
  return hasNamesake ? `/${one.slug}` : undefined;
}
