import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files under a directory that contain any of the texts, as is or as UTF-16. */
export function findInFiles(directory: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, "utf16le")]);
  const found: string[] = [];
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = readIfThere(path);
    if (needles.some((needle) => content.includes(needle))) found.push(path);
  }
  return found;
}

/** Running databases and browsers can remove a file before it is read. */
function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
