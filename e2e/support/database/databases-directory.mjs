// Plain JavaScript, because the process that keeps PostgreSQL alive runs without a compiler.
import { accessSync, constants, realpathSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

const memory = "/dev/shm";
/** A run needs under a tenth of this with the embedded database, and a third with PostgreSQL. */
const neededBytes = 3 * 1024 ** 3;

/**
 * The directory for the tests' databases: in memory if Linux has room for that. On a disk, copying the empty database
 * for a test file takes a second, and every commit waits. Do not put programs there, since some systems forbid
 * executing them.
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
