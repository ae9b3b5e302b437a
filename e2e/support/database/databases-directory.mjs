// Plain JavaScript: the process that keeps a PostgreSQL runs without a compiler.
import { accessSync, constants, realpathSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

const memory = "/dev/shm";
/** A run needs less than a tenth of it for the embedded database, and a third for PostgreSQL. */
const neededBytes = 3 * 1024 ** 3;

/**
 * Where the tests keep databases: in memory where Linux has room for that. On a disk, copying the empty database for a
 * test file takes a second, and every commit waits. Only files that nobody executes: some systems forbid that there.
 *
 * @returns {string}
 */
export function databasesDirectory() {
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize >= neededBytes) return memory;
  } catch {
    // Other systems do not have it.
  }
  return realpathSync(tmpdir());
}
