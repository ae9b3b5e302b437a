import { closeSync, fsyncSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Flushes a directory's entries to disk: a file's own fsync does not guarantee that its name survives. */
export function syncDirectory(directory: string): void {
  // Windows cannot open directories and does not need this.
  if (process.platform === "win32") return;
  syncFile(directory);
}

/** Flushes every file and directory under this one to disk. */
export function syncTree(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) syncFile(path, "r+");
  }
  syncDirectory(directory);
}

function syncFile(path: string, flags = "r"): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
