import { readFilterValue } from "./read-filter-value";
import { isTermName, lastWord, printTerm, readStatus, type TermName, termNames } from "./typed-search";

/** The term being typed at the caret: its name or, after a colon, its value. */
export type BegunTerm = {
  readonly start: number;
  /** Null while the name itself is being typed. */
  readonly name: TermName | null;
  readonly part: string;
};

/** Single letters match too many names. */
const begunName = /^[A-Za-z]{2,}$/;

/** The term being typed at the caret; null in plain text and in the middle of a word. */
export function begunTerm(typed: string, caret: number): BegunTerm | null {
  if (/^\S/.test(typed.slice(caret))) return null;
  const word = lastWord(typed.slice(0, caret));
  if (word === null) return null;
  const { start, name, value: part } = word;
  if (name !== null) return isTermName(name) ? { start, name, part } : null;
  const isBegun = begunName.test(part) && typed.slice(start, caret) === part && namesFrom(part).length > 0;
  return isBegun ? { start, name, part } : null;
}

/** The names of terms that start with this text. */
export function namesFrom(part: string): TermName[] {
  const begun = part.toLowerCase();
  return termNames.filter((name) => name.startsWith(begun));
}

/**
 * Replaces the unfinished term with a name or a complete term.
 *
 * @param value null to complete only the name
 */
export function completedSearch(
  typed: string,
  caret: number,
  { start }: BegunTerm,
  name: TermName,
  value: string | null,
): { readonly typed: string; readonly caret: number } {
  const rest = typed.slice(caret);
  const gap = value === null || rest.startsWith(" ") ? "" : " ";
  const before = `${typed.slice(0, start)}${value === null ? `${name}:` : printTerm(name, value)}${gap}`;
  return { typed: before + rest, caret: before.length + (value !== null && gap === "" ? 1 : 0) };
}

/** The search without an unfinished term at its end, such as `level:ad`. */
export function withoutUnfinishedTerm(typed: string): string {
  const word = lastWord(typed);
  if (word === null || word.name === null || !isTermName(word.name)) return typed;
  const { name, value, start } = word;
  const read = name === "status" ? readStatus(value) : readFilterValue(name, value);
  return "fault" in read ? typed.slice(0, start).trimEnd() : typed;
}
