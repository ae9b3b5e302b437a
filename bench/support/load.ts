import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { LoadJob, LoadResult } from "./load-generator";

const generator = fileURLToPath(new URL("./load-generator.ts", import.meta.url));

/** A separate process that sends the requests, so that it never waits for the measuring process. */
export class Load {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(): Promise<Load> {
    const child = fork(generator, { execArgv: ["--import", "tsx"], serialization: "advanced" });
    await once(child, "message");
    return new Load(child);
  }

  /** Runs one after another: parallel runs would measure each other. */
  async run(job: LoadJob): Promise<LoadResult> {
    this.#child.send(job);
    const [result] = (await once(this.#child, "message")) as [LoadResult | { fault: string }];
    if ("fault" in result) throw new Error(result.fault);
    return result;
  }

  async stop(): Promise<void> {
    this.#child.disconnect();
    if (this.#child.exitCode === null) await once(this.#child, "exit");
  }
}
