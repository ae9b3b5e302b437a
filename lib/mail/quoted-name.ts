import { singleLine } from "./single-line";

const shown = 60;

/**
 * A name that somebody chose, in a mail to somebody else: one short line, in quotes that it cannot end. Mail
 * programs turn what looks like an address into a link. Spaces of no width around its dots, colons and slashes
 * stop that and are not seen.
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
