import { randomInt } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/**
 * Below what systems give to whoever asks for any port, or only connects: such a one could be somebody else's
 * before it is listened on, or while a server is down. And no browser refuses one of these.
 */
const [least, most] = [11_000, 32_000];

/** A port of this machine that nobody listens on, and that nobody else of this run was given. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(least, most);
    if (claim(port) && (await isFree(port))) return port;
  }
}

/** The workers of a run start their servers at the same time. */
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
