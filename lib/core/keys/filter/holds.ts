import { foldedText } from "../../typed-text";

/** Does the name contain this part? Ignores accents and case. */
export function holds(name: string, part: string): boolean {
  return plain(name).includes(plain(part));
}

/** Is the part the whole name? Ignores accents and case. */
export function isWhole(name: string, part: string): boolean {
  return plain(name) === plain(part);
}

function plain(text: string): string {
  return foldedText(text).normalize("NFD").replace(/\p{M}/gu, "");
}
