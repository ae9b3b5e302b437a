type Named = { readonly name: string; readonly slug: string };

/** What tells an organization apart from another of the same name; nothing where there is none. */
export function namesakeAddress(one: Named, all: readonly Named[]): string | undefined {
  const hasNamesake = all.some(({ name, slug }) => name === one.name && slug !== one.slug);
  return hasNamesake ? `/${one.slug}` : undefined;
}
