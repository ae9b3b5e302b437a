import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/e2e/support/processes/free-port";
import type { BenchContext } from "./support/bench-context";
import type { Measured } from "./support/measure";
import { median } from "./support/measure";
import { largestOfGroup } from "./support/node-process";

const times = 5;

/**
 * `npm start` with everything built: the time from the command to the first ready answer, on the embedded database, and
 * the server's memory then and after serving a page.
 */
export async function start(_: BenchContext): Promise<Measured[]> {
  const dataDir = mkdtempSync(join(realpathSync(tmpdir()), "latchkey-bench-"));
  try {
    await startOnce(dataDir); // The first start creates the database.
    const runs = [];
    for (let time = 0; time < times; time++) runs.push(await startOnce(dataDir));
    const seconds = median(runs.map((run) => run.seconds));
    const atStart = median(runs.map((run) => run.startedMb));
    const afterPage = median(runs.map((run) => run.afterPageMb));
    return [
      {
        what: "npm start, built, until it is ready",
        ours: `${seconds.toFixed(2)} s`,
        reference: "",
        ratio: null,
        target: "<= 3 s",
        met: seconds <= 3,
        details: runs,
      },
      {
        what: "npm start, resident memory",
        ours: `${Math.round(atStart)} MB ready, ${Math.round(afterPage)} MB after a page`,
        reference: "",
        ratio: null,
        target: "<= 250 MB",
        met: Math.max(atStart, afterPage) <= 250,
      },
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function startOnce(dataDir: string) {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn("npm", ["start"], {
    env: { ...process.env, NODE_ENV: "production", PORT: String(port), DATA_DIR: dataDir },
    stdio: "ignore",
    detached: true,
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const group = child.pid ?? 0;
  try {
    while ((await status(`http://localhost:${port}/readyz`)) !== 200) {
      if (child.exitCode !== null) throw new Error(`npm start ended (${child.exitCode})`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const seconds = (performance.now() - begun) / 1000;
    // The server is a child of npm and a shell.
    const startedMb = largestOfGroup(group);
    await status(`http://localhost:${port}/sign-in`);
    return { seconds, startedMb, afterPageMb: largestOfGroup(group) };
  } finally {
    process.kill(-group, "SIGTERM");
    await exited;
  }
}

async function status(url: string): Promise<number | undefined> {
  const answer = await fetch(url).catch(() => undefined);
  await answer?.arrayBuffer();
  return answer?.status;
}
