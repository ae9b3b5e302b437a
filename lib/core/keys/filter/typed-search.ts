import type { KeyListStatus } from "../key-list-settings";
import { keyListStatuses } from "../key-list-settings";
import {
  eachFilter,
  type FilterKind,
  filterKinds,
  filterValuesMaximum,
  isFilterKind,
  type KeyFilters,
  withFilter,
} from "./key-filters";
import { readFilterValue } from "./read-filter-value";

/** A parsed search, such as `ana's key creator:ana expires:<30d status:paused`. */
export type TypedSearch = {
  /** Everything outside of terms, which is searched for as text. */
  readonly text: string;
  readonly filters: KeyFilters;
  /** Null if the search names no status. */
  readonly status: KeyListStatus | null;
};

/** The names that a term can start with. */
export const termNames = [...filterKinds, "status"] as const;
export type TermName = FilterKind | "status";

/** One word of the typed text and its position. */
type Word = {
  readonly start: number;
  readonly end: number;
  /** The term's name; null for plain text. */
  readonly name: string | null;
  readonly value: string;
};

/**
 * A word, with an optional name and colon before it. Its value may be quoted; the closing quote must come before a
 * space or the end, or may be missing at the end.
 */
const word = /\s*(?:([A-Za-z_]+):)?(?:"((?:[^"\\]|\\.)*)(?:"(?=\s|$)|\\?$)|(\S+)|(?=\s|$))/suy;

/**
 * Parses a typed search. Quotation marks keep spaces together: `subject:"Acme Co"`; a quoted word is never a term.
 *
 * @returns an error that quotes the part if a term is invalid; terms are never ignored
 */
export function readTypedSearch(
  typed: string,
): { readonly search: TypedSearch } | { readonly fault: string } {
  let filters: KeyFilters = {};
  let status: KeyListStatus | null = null;
  const texts: string[] = [];
  for (const { name, value } of wordsOf(typed)) {
    if (name === null) {
      texts.push(value);
    } else if (name === "status") {
      const read = readStatus(value);
      if ("fault" in read) return read;
      if (status !== null && status !== read.status) {
        return { fault: `“status:${value}” is the second status. A search has one` };
      }
      ({ status } = read);
    } else if (isFilterKind(name)) {
      const read = readFilterValue(name, value);
      if ("fault" in read) return read;
      filters = withFilter(filters, name, read.value);
      if ((filters[name]?.length ?? 0) > filterValuesMaximum) return { fault: tooMany(name) };
    } else {
      return { fault: `“${name}:” is not a filter. Did you mean ${nearName(name)}:?` };
    }
  }
  return { search: { text: texts.join(" "), filters, status } };
}

/** Writes a search as text that parses to the same search. */
export function printTypedSearch({ text, filters, status }: TypedSearch): string {
  const terms = eachFilter(filters).map(({ kind, value }) => printTerm(kind, value));
  return [
    ...(text === "" ? [] : [printText(text)]),
    ...(status === null ? [] : [printTerm("status", status)]),
    ...terms,
  ].join(" ");
}

export function printTerm(name: TermName, value: string): string {
  return `${name}:${value === "" || /[\s"]/u.test(value) ? quoted(value) : value}`;
}

export function readStatus(text: string): { readonly status: KeyListStatus } | { readonly fault: string } {
  const written = text.trim().toLowerCase();
  const status = keyListStatuses.find((known) => known === written);
  if (status !== undefined) return { status };
  const others = keyListStatuses.filter((known) => known !== "all").join(", ");
  return { fault: `“status:${text.slice(0, 60)}” cannot be used as a filter. Write ${others} or all` };
}

export function tooMany(kind: FilterKind): string {
  return `A filter by ${kind} takes at most ${filterValuesMaximum} values`;
}

/** The word at the end of this text; null after a space or a closing quote. */
export function lastWord(typed: string): Word | null {
  const last = wordsOf(typed).at(-1);
  if (last === undefined || last.end !== typed.length) return null;
  return /^"|:"/.test(typed.slice(last.start)) && /[^\\:]"$/.test(typed) ? null : last;
}

function wordsOf(typed: string): Word[] {
  const words: Word[] = [];
  word.lastIndex = 0;
  while (word.lastIndex < typed.length) {
    const from = word.lastIndex;
    const [whole = "", name, quotation, bare = ""] = word.exec(typed) ?? [];
    if (whole.trim() === "") break;
    const start = from + whole.length - whole.trimStart().length;
    const end = from + whole.length;
    const value = quotation === undefined ? bare : quotation.replace(/\\(.)/gsu, "$1");
    const known = name?.toLowerCase();
    const isTerm = known !== undefined && (isTermName(known) || nearName(known) !== null);
    words.push(
      isTerm
        ? { start, end, name: known, value }
        : { start, end, name: null, value: name === undefined ? value : typed.slice(start, end) },
    );
  }
  return words;
}

export function isTermName(name: string): name is TermName {
  return termNames.some((known) => known === name);
}

/** The term name that was probably meant: it differs by one letter or two swapped ones. Null if there is none. */
function nearName(name: string): TermName | null {
  return name.length < 4
    ? null
    : (termNames.find((known) => known.length > 3 && isNear(name, known)) ?? null);
}

function isNear(written: string, known: string): boolean {
  let start = 0;
  while (start < known.length && written[start] === known[start]) start += 1;
  const [rest, wanted] = [written.slice(start), known.slice(start)];
  const same = [
    [rest.slice(1), wanted.slice(1)],
    [rest.slice(1), wanted],
    [rest, wanted.slice(1)],
    [`${rest[1] ?? ""}${rest[0] ?? ""}${rest.slice(2)}`, wanted],
  ];
  return same.some(([one, other]) => one === other);
}

function printText(text: string): string {
  const plain = wordsOf(text);
  const isPlain =
    plain.every(({ name, start, end, value }) => name === null && text.slice(start, end) === value) &&
    plain.map(({ value }) => value).join(" ") === text;
  return isPlain ? text : quoted(text);
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
