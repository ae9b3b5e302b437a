import { join, relative } from "node:path";

/** The system's limit for socket paths is lower on macOS than on Linux. */
const pathMaximum = 100;

/**
 * Where a server with the embedded database listens for operator commands; null on Windows, or if the path would be too
 * long.
 */
export function operatorSocket(dataDir: string): string | null {
  if (process.platform === "win32") return null;
  const path = join(dataDir, "operator.sock");
  const fitting = [path, relative(process.cwd(), path)].find(
    (each) => Buffer.byteLength(each) <= pathMaximum,
  );
  return fitting ?? null;
}
