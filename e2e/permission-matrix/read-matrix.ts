import { readFileSync } from "node:fs";
import { join } from "node:path";

const file = "docs/permission-matrix.md";

/** One row of a table: the verb, its target, and the other cells by column. */
export type MatrixRow = {
  readonly verb: string;
  readonly doneTo: string;
  readonly cells: ReadonlyMap<string, string>;
};

/** The headings that have a table. */
export function matrixSections(): string[] {
  const [, ...sections] = readFileSync(join(process.cwd(), file), "utf8").split("\n## ");
  return sections.filter((body) => body.includes("\n|")).map((body) => body.split("\n")[0] ?? "");
}

/** The rows of the tables under this heading of docs/permission-matrix.md. */
export function readMatrix(section: string): MatrixRow[] {
  const text = readFileSync(join(process.cwd(), file), "utf8");
  const [, body] = text.split(`\n## ${section}\n`);
  if (body === undefined) throw new Error(`${file} has no section ${section}`);
  const lines = (body.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("|"));
  const [header, , ...rows] = lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  if (header === undefined || rows.length === 0) throw new Error(`${section} in ${file} has no table`);
  return rows.map(([verb = "", doneTo = "", ...cells]) => ({
    verb,
    doneTo,
    cells: new Map(header.slice(2).map((column, index) => [column, cells[index] ?? ""])),
  }));
}

/** A cell's outcome per setting of who may create keys: one for all, or one each. */
export function cellBySetting(cell: string): { OWNER: string; ADMIN: string; MEMBER: string } {
  const parts = cell.split(" / ");
  const [OWNER = "", ADMIN = OWNER, MEMBER = OWNER] = parts;
  if (parts.length !== 1 && parts.length !== 3) throw new Error(`A cell has one part or three: ${cell}`);
  return { OWNER, ADMIN, MEMBER };
}
