import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { freePort } from "@/e2e/support/processes/free-port";

export type NodeProcess = {
  readonly port: number;
  readonly pid: number;
  /** CPU seconds used so far. */
  readonly cpuSeconds: () => number;
  readonly residentMb: () => number;
  readonly stop: () => Promise<void>;
};

const readyWithinMs = 60_000;

/** Starts a server with Node.js on a free port (in PORT) and waits until it answers at `readyPath`. */
export async function startNode(
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
  readyPath = "/",
): Promise<NodeProcess> {
  const port = await freePort();
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [...args], {
    env: { PATH, HOME, TMPDIR, NODE_ENV: "production", PORT: String(port), ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-4000);
    });
  }
  await ready(child, `http://127.0.0.1:${port}${readyPath}`).catch((error) => {
    child.kill("SIGKILL");
    throw new Error(`${error instanceof Error ? error.message : error}\n${output}`);
  });
  const pid = child.pid ?? 0;
  return {
    port,
    pid,
    cpuSeconds: () => cpuSeconds(pid),
    residentMb: () => residentMb(pid),
    stop: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`It ended at its start (${child.exitCode})`);
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("It was not ready in time");
}

/** CPU seconds that a process and its children have used, including children that have ended. */
export function familyCpuSeconds(pid: number): number {
  const children = readdirSync("/proc")
    .map(Number)
    .filter((other) => Number(procFile(other, "stat").split(") ")[1]?.split(" ")[1]) === pid);
  const fields = procFile(pid, "stat").split(") ")[1]?.split(" ") ?? [];
  const ended = (Number(fields[13]) + Number(fields[14])) / 100;
  return [pid, ...children].reduce((sum, each) => sum + cpuSeconds(each), ended);
}

/** The CPU time that the process has used, from the kernel's accounting if available. */
function cpuSeconds(pid: number): number {
  const fields = procFile(pid, "stat").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(procFile(pid, "status"))?.[1] ?? 0) / 1024;
}

/** Resident memory of the largest process in a group. */
export function largestOfGroup(group: number): number {
  const ofGroup = readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number(procFile(pid, "stat").split(") ")[1]?.split(" ")[2]) === group);
  return Math.max(...ofGroup.map(residentMb));
}

function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}
