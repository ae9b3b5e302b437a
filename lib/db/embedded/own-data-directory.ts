import type { Stats } from "node:fs";
import { chmodSync, mkdirSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";

/** A data directory that other users can read, or that cannot be used. The message is for the operator. */
export class DataDirectoryUnfit extends Error {
  constructor(dataDir: string, reason: string) {
    super(`${dataDir} ${reason}`);
  }
}

/** The names of everything that Latchkey creates there. */
const ours = /^(?:postgres|postgres\.new|lock|operator\.sock|(?:auth-secret|key-pepper)(?:\.\d+)?)$/;
/** Exists at the root of a dedicated file system, and belongs to root. */
const fileSystems = "lost+found";
const others = 0o077;

/**
 * Creates the data directory, or takes the existing one, and makes it private: 0700, and 0600 for the files in it,
 * whatever the umask is. Call it before anything is read or written there. Files written later are private from the
 * start: see DurableNodeFs for the database's files.
 *
 * It only changes files that Latchkey created: a directory that is open to other users and contains anything else is
 * refused.
 *
 * @throws DataDirectoryUnfit
 */
export function ownDataDirectory(dataDir: string): void {
  // Windows has neither user ids nor modes; user folders are private there.
  const uid = process.getuid?.();
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (uid !== undefined) closeToOthers(dataDir, uid);
  } catch (error) {
    if (error instanceof DataDirectoryUnfit) throw error;
    throw new DataDirectoryUnfit(dataDir, `cannot be used: ${(error as Error).message}`);
  }
}

function closeToOthers(dataDir: string, uid: number): void {
  const found = statSync(dataDir);
  if (found.uid !== uid) throw new DataDirectoryUnfit(dataDir, belongsTo(found, uid));
  const names = readdirSync(dataDir);
  const strange = names.filter((name) => !ours.test(name) && name !== fileSystems);
  if ((found.mode & others) !== 0) {
    if (strange.length > 0) {
      throw new DataDirectoryUnfit(
        dataDir,
        `is open to other users and holds what is not Latchkey's (${strange.slice(0, 3).join(", ")}). Give it a DATA_DIR of its own, or close this one: chmod 700`,
      );
    }
    chmodSync(dataDir, 0o700);
  }
  const closed = new Set<string>();
  for (const name of names) if (ours.test(name)) close(join(dataDir, name), uid, closed);
}

/** Follows links, because the files they lead to must be private too. */
function close(path: string, uid: number, closed: Set<string>): void {
  try {
    const real = realpathSync(path);
    if (closed.has(real)) return;
    closed.add(real);
    const found = statSync(real);
    if (found.uid !== uid) throw new DataDirectoryUnfit(path, belongsTo(found, uid));
    if ((found.mode & others) !== 0) chmodSync(real, found.isDirectory() ? 0o700 : 0o600);
    if (!found.isDirectory()) return;
    for (const name of readdirSync(real)) close(join(real, name), uid, closed);
  } catch (error) {
    // A running server may remove files while a command reads the directory.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function belongsTo({ uid }: Stats, own: number): string {
  return `belongs to another user (${uid}, and this is ${own}). Start Latchkey as that user, give it to this one, or set DATA_DIR to another directory`;
}
