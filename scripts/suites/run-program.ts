import { spawn } from "node:child_process";

export type Write = (text: string) => void;

/** The longest suite takes two thirds of this on two cores. Each test has its own, shorter limit. */
const suiteLimitMs = 25 * 60_000;

const running = new Set<ReturnType<typeof spawn>>();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    process.exit(130);
  });
}

/**
 * Runs a Node.js program. Its output goes to `write`, by default to the terminal.
 *
 * @returns its exit code
 */
export function node(args: string[], environment: Record<string, string>, write?: Write): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: write === undefined ? "inherit" : ["inherit", "pipe", "pipe"],
      env: { ...process.env, ...environment },
    });
    if (write !== undefined) {
      for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", write);
    }
    running.add(child);
    const limit = setTimeout(() => child.kill("SIGKILL"), suiteLimitMs);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(limit);
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}
