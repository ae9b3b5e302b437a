import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { syncDirectory } from "./sync-directory";

/**
 * Reads a secret of an embedded installation, made at its first start. It is readable by this user alone, and on disk
 * before it has its name: a pepper that a crash cut short or lost would make every key unverifiable. Of two processes
 * only one makes it.
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
