import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { syncDirectory } from "./sync-directory";

/**
 * Reads a secret of an embedded installation, or generates it at the first start. Only this user can read the file, and
 * it is on disk before it gets its name: a pepper that a crash truncated or lost would make every key unverifiable. If
 * two processes start at once, only one of their secrets is used.
 */
export function readOrMakeSecret(dataDir: string, file: string): string {
  const path = join(dataDir, file);
  if (!existsSync(path)) {
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flush: true });
    try {
      linkSync(draft, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      unlinkSync(draft);
    }
    syncDirectory(dataDir);
  }
  return readFileSync(path, "utf8").trim();
}
