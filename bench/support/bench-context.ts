import { Load } from "./load";
import type { NodeProcess } from "./node-process";
import { startNode } from "./node-process";
import type { World } from "./world";
import { createWorld } from "./world";

/** Resources shared by the benchmarks of a run; created on first use, closed with the run. */
export class BenchContext {
  #world: Promise<World> | undefined;
  #load: Promise<Load> | undefined;
  #tokens: Promise<string[]> | undefined;
  readonly #closers: (() => Promise<void>)[] = [];

  world(): Promise<World> {
    this.#world ??= createWorld();
    return this.#world;
  }

  load(): Promise<Load> {
    this.#load ??= Load.start();
    return this.#load;
  }

  /** The tokens of 100,000 keys. */
  tokens(): Promise<string[]> {
    this.#tokens ??= this.world().then((world) => world.addKeys(100_000));
    return this.#tokens;
  }

  /** Starts a server and stops it at the end of the run. */
  async start(...args: Parameters<typeof startNode>): Promise<NodeProcess> {
    return this.keep(await startNode(...args));
  }

  /** Stops a server at the end of the run, unless the caller stops it earlier. */
  keep(node: NodeProcess): NodeProcess {
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= node.stop();
      return stopped;
    };
    this.#closers.push(stop);
    return { ...node, stop };
  }

  /** Starts the built product on the run's PostgreSQL. */
  async startLatchkey(
    entry: "server" | "api-server" = "server",
    over: Readonly<Record<string, string>> = {},
  ): Promise<NodeProcess> {
    const { variables } = await this.world();
    return this.start([`dist/${entry}.mjs`], { ...variables, ...over }, "/readyz");
  }

  async close(): Promise<void> {
    for (const close of this.#closers.reverse()) await close();
    await (await this.#load)?.stop();
    await (await this.#world)?.stop();
  }
}
