import { randomInt } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/**
 * Below the range of ephemeral ports: one of those could be taken before the server listens, or while it is down.
 * Browsers accept all ports of this range.
 */
const [least, most] = [11_000, 32_000];

/** A free local port that nothing else in this run uses. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(least, most);
    if (claim(port) && (await isFree(port))) return port;
  }
}

/** Claims a port, because the workers of a run start their servers at the same time. */
function claim(port: number): boolean {
  const run = process.env.LATCHKEY_TEST_DIRECTORY;
  if (run === undefined) return true;
  try {
    writeFileSync(join(run, `port-${port}`), "", { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, "127.0.0.1");
  try {
    await once(probe, "listening");
  } catch {
    return false;
  }
  probe.close();
  await once(probe, "close");
  return true;
}
