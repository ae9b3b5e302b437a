/** A page, section, operation or error that the search can find. */
export type SearchEntry = {
  readonly href: string;
  readonly title: string;
  /** Shown below the title: a method and path, or the name of the page. */
  readonly place: string;
  /** Element ids of the fields on its page, such as `body-subject`. */
  readonly fields: readonly string[];
};

export type SearchHit = { readonly href: string; readonly title: string; readonly place: string };

/**
 * The entries that contain every word of the search, best first: by title, then by place, then by the name of a field.
 * A match in a field's name links to the field.
 */
export function findEntries(entries: readonly SearchEntry[], search: string, maximum: number): SearchHit[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return entries
    .map((entry) => ({ entry, ...match(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, maximum)
    .map(({ entry: { href, title, place }, field }) =>
      field === undefined
        ? { href, title, place }
        : { href: `${href}#${field}`, title, place: inWords(field) },
    );
}

/** The lowest score of any word, so that every word must match. */
function match({ title, place, fields }: SearchEntry, words: readonly string[]) {
  let score = Number.POSITIVE_INFINITY;
  let field: string | undefined;
  for (const word of words) {
    const inTitle = scoreOf(title.toLowerCase(), word);
    const inPlace = scoreOf(place.toLowerCase(), word);
    const found = fields.find((id) => nameOf(id) === word) ?? fields.find((id) => nameOf(id).includes(word));
    const inField = found === undefined ? 0 : nameOf(found) === word ? 2 : 1;
    if (found !== undefined && inTitle === 0 && inPlace === 0) field ??= found;
    score = Math.min(score, Math.max(inTitle * 3, inPlace * 2, inField));
  }
  return { score, field };
}

/** 3 if the text begins with the word, 2 if another of its words does, 1 if it occurs elsewhere, 0 if not at all. */
function scoreOf(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at <= 0) return at === 0 ? 3 : 0;
  return /[^a-z0-9]/.test(text[at - 1] ?? "") ? 2 : 1;
}

const nameOf = (field: string) => field.slice(field.indexOf("-") + 1).toLowerCase();

const kinds: Readonly<Record<string, string>> = {
  path: "Path parameter",
  query: "Query parameter",
  header: "Header",
  body: "Body field",
  response: "Response field",
};

function inWords(field: string): string {
  const [kind = ""] = field.split("-");
  return `${kinds[kind] ?? "Field"} ${field.slice(kind.length + 1)}`;
}
