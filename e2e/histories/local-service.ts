import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import type { Verification } from "./find-violations";

/** The service's settings, sent once before it starts. */
export type LocalPlan = {
  readonly url: string;
  readonly key: string;
  readonly tokens: readonly string[];
};

const check = "if (at >= this.#trust.monotonic || wall >= this.#trust.wall) return false;";

/**
 * Builds the service that verifies in process.
 *
 * @param withLeases if false, the service uses its copies without a lease: the fault that a history must find
 * @returns the program
 */
export async function buildLocalService(directory: string, withLeases: boolean): Promise<string> {
  const program = join(directory, withLeases ? "service.mjs" : "service-without-leases.mjs");
  await build({
    ...{ entryPoints: ["e2e/histories/local-driver.ts"], outfile: program },
    ...{ bundle: true, platform: "node", format: "esm", target: "node20" },
    plugins: [
      {
        name: "leases",
        setup: ({ onLoad }) =>
          onLoad({ filter: /lib\/client\/local-keys\.ts$/ }, ({ path }) => {
            const source = readFileSync(path, "utf8");
            if (!source.includes(check)) throw new Error("The lease is checked elsewhere now");
            return { contents: withLeases ? source : source.replace(check, ""), loader: "ts" };
          }),
      },
    ],
  });
  return program;
}

/** A process that verifies as fast as it can between pauses. */
export class LocalService {
  /** The verdicts so far; `node` is 1 for a local verdict, 0 for one over HTTP. */
  readonly verifications: Verification[] = [];
  readonly #child: ChildProcess;

  constructor(program: string, plan: LocalPlan) {
    const stdio = ["ignore", "inherit", "inherit", "ipc"] as const;
    this.#child = spawn(process.execPath, [program], { stdio: [...stdio] });
    this.#child.on("message", (records: readonly (number | string)[]) => {
      for (let at = 0; at < records.length; at += 5) {
        const [check, node, startedAt, endedAt, verdict] = records.slice(at, at + 5);
        this.verifications.push({
          check: Number(check),
          node: Number(node),
          startedAt: Number(startedAt),
          endedAt: Number(endedAt),
          verdict: String(verdict),
        });
      }
    });
    this.#child.send(plan);
  }

  pause(): void {
    this.#child.kill("SIGSTOP");
  }

  resume(): void {
    this.#child.kill("SIGCONT");
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "close");
    this.#child.send({ stop: true });
    await ended;
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "close");
    this.#child.kill("SIGKILL");
    await ended;
  }
}
