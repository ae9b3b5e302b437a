import { singleLine } from "./single-line";

const shown = 60;

/**
 * A name chosen by one person, for a mail to another: one short line, in quotes it cannot close. Mail programs turn
 * anything like a URL into a link; zero-width spaces around dots, colons and slashes prevent that invisibly.
 */
export function quotedName(name: string): string {
  return `“${unlinked(shortened(singleLine(name).replace(/["“”„«»]/g, "'")))}”`;
}

function shortened(line: string): string {
  const characters = [...line];
  return characters.length <= shown ? line : `${characters.slice(0, shown - 1).join("")}…`;
}

function unlinked(line: string): string {
  return line.replace(/(?<=\S)[.:/\\@]+(?=\S)/gu, (marks) => `\u200b${marks}\u200b`);
}
