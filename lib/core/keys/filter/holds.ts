import { foldedText } from "../../typed-text";

/** Does a name contain this part? Accents and case do not matter. */
export function holds(name: string, part: string): boolean {
  return plain(name).includes(plain(part));
}

/** Is it the whole name? */
export function isWhole(name: string, part: string): boolean {
  return plain(name) === plain(part);
}

function plain(text: string): string {
  return foldedText(text).normalize("NFD").replace(/\p{M}/gu, "");
}
