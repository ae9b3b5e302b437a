import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { aptInstall, canAptInstall } from "./apt-install";
import { freePort } from "./free-port";

const programs = ["redis-server", "valkey-server"];

/** The path of an installed Redis or Valkey; undefined if there is none. */
export function findRedis(): string | undefined {
  const onPath = (process.env.PATH ?? "").split(delimiter).filter((directory) => directory !== "");
  return [...onPath, "/usr/bin", "/opt/homebrew/bin"]
    .flatMap((directory) => programs.map((program) => join(directory, program)))
    .find((path) => existsSync(path));
}

/** Finds a Redis or Valkey, or installs one with apt-get as root. Undefined if neither works. */
export function needRedis(): string | undefined {
  const found = findRedis();
  if (found !== undefined || !canAptInstall()) return found;
  process.stdout.write("Installing Redis with apt-get, for the tests ...\n");
  aptInstall(["redis-server"]);
  return findRedis();
}

export type TestRedis = { readonly url: string; readonly process: ChildProcess };

/** Starts a Redis without persistence, by default on a free port; the caller kills it. */
export async function startRedis(program: string, port?: number): Promise<TestRedis> {
  const listening = port ?? (await freePort());
  const child = spawn(program, ["--port", String(listening), "--bind", "127.0.0.1", "--save", ""], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let said = "";
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes("Ready to accept connections")) break;
  }
  if (!said.includes("Ready to accept connections")) throw new Error(`Redis did not start: ${said}`);
  return { url: `redis://127.0.0.1:${listening}`, process: child };
}
