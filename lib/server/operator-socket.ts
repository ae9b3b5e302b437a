import { join, relative } from "node:path";

/** What the system allows for the path of a socket, less on macOS than on Linux. */
const pathMaximum = 100;

/** Where a server with the embedded database hears its operator; null where the system has no place for it. */
export function operatorSocket(dataDir: string): string | null {
  if (process.platform === "win32") return null;
  const path = join(dataDir, "operator.sock");
  const fitting = [path, relative(process.cwd(), path)].find(
    (each) => Buffer.byteLength(each) <= pathMaximum,
  );
  return fitting ?? null;
}
