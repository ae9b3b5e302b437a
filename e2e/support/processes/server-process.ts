import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setDefaultAutoSelectFamilyAttemptTimeout } from "node:net";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const clockPreload = new URL("./clock-preload.mjs", import.meta.url).href;
const readyWithinMs = 120_000;

// localhost may have two addresses, and a server listens on one. Node.js must not give up on that one because this
// process was busy for a quarter of a second.
setDefaultAutoSelectFamilyAttemptTimeout(30_000);

export type ServerProcess = {
  /** The public URL, without a trailing slash. */
  readonly url: string;
  readonly pid: number;
  /** All output so far, of stdout and stderr. */
  readonly output: () => string;
  /** The one-time setup URL printed at a first start. */
  readonly setupUrl: () => string;
  /** Sets the server's clock this far ahead of (or behind) the real one. */
  readonly shiftClock: (offsetMs: number) => Promise<void>;
  /** Freezes the server's clock until it is shifted. */
  readonly stopClock: () => Promise<void>;
  /** Sends SIGTERM and waits; returns the exit code. */
  readonly stop: () => Promise<number | null>;
  /** Sends SIGKILL and waits. */
  readonly kill: () => Promise<void>;
};

export const fullNode = "dist/server.mjs";
export const verifyingNode = "dist/api-server.mjs";

/**
 * Starts the built server and waits until it is ready.
 *
 * @param program the file to run, by default a full node's
 * @param directory the working directory, by default the project's
 * @throws Error with its output if it stops instead, or takes too long
 */
export async function startServer(
  variables: Readonly<Record<string, string>>,
  port?: number,
  program = fullNode,
  directory = root,
): Promise<ServerProcess> {
  const starting = await spawnServer(variables, port, program, directory);
  await Promise.race([ready(starting.url), starting.ended.then(stoppedInstead)]).catch((error) => {
    starting.child.kill("SIGKILL");
    throw new Error(`${error instanceof Error ? error.message : error}\n${starting.output()}`);
  });
  const { child, url, output, ended } = starting;
  return {
    url,
    pid: child.pid ?? 0,
    output,
    setupUrl: () => {
      const found = /Set up your organization, once, at: (\S+)/.exec(output())?.[1];
      if (found === undefined) throw new Error(`No setup address was printed:\n${output()}`);
      return found;
    },
    shiftClock: (offsetMs) => setClock(child, { clockOffsetMs: offsetMs }),
    stopClock: () => setClock(child, { clockOffsetMs: 0, isStopped: true }),
    stop: () => end(child, "SIGTERM", ended),
    kill: async () => void (await end(child, "SIGKILL", ended)),
  };
}

/** Resolves once the server has received the message. */
async function setClock(
  child: ChildProcess,
  clock: { readonly clockOffsetMs: number; readonly isStopped?: boolean },
): Promise<void> {
  const set = once(child, "message");
  child.send(clock);
  await set;
}

type Starting = {
  readonly child: ChildProcess;
  readonly url: string;
  readonly output: () => string;
  /** The exit code, once all output has been read. */
  readonly ended: Promise<number | null>;
};

/** Starts the built server without waiting, for tests of a start that must fail. */
export async function spawnServer(
  variables: Readonly<Record<string, string>>,
  port?: number,
  program = fullNode,
  directory = root,
): Promise<Starting> {
  const chosen = port ?? (await freePort());
  const child = spawn(process.execPath, ["--import", clockPreload, program], {
    cwd: directory,
    env: { ...inherited(), NODE_ENV: "production", PORT: String(chosen), ...variables },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { child, url: `http://localhost:${chosen}`, output: () => output, ended };
}

/** The minimum environment of a process, without variables that configure Latchkey. */
function inherited(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR, TEMP, SystemRoot, LANG } = process.env;
  return { PATH, HOME, TMPDIR, TEMP, SystemRoot, LANG };
}

async function end(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<number | null>) {
  child.kill(signal);
  return await ended;
}

function stoppedInstead(code: number | null): never {
  throw new Error(`The server stopped at its start (${code}).`);
}

async function ready(url: string): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The server was not ready within ${readyWithinMs / 1000} s.`);
}
