import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { tryLock } from "fs-native-extensions";
import { ownDataDirectory } from "./own-data-directory";

/** Only one process may use the embedded database; a second one would destroy its files. */
export class DataDirectoryInUse extends Error {
  constructor(dataDir: string, holder: string) {
    super(
      `${dataDir} is in use by another Latchkey${holder}. Stop that one first, or give this one a DATA_DIR of its own.`,
    );
  }
}

/**
 * Takes the exclusive lock on a data directory. It is a kernel lock on the open file, so it ends with the process,
 * however that ends: a killed process leaves no lock behind, and a paused process keeps its own.
 *
 * @returns a function that releases the lock
 * @throws DataDirectoryInUse, DataDirectoryUnfit
 */
export function lockDataDirectory(dataDir: string): () => void {
  ownDataDirectory(dataDir);
  const path = join(dataDir, "lock");
  const file = openSync(path, "a+", 0o600);
  if (!tryLock(file)) {
    closeSync(file);
    const pid = readFileSync(path, "utf8").trim();
    throw new DataDirectoryInUse(dataDir, /^\d+$/.test(pid) ? ` (process ${pid})` : "");
  }
  // The process id is only for the message above.
  ftruncateSync(file);
  writeSync(file, String(process.pid));
  return () => closeSync(file);
}
