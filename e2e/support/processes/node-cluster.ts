import type { ServerProcess } from "./server-process";
import { startServer } from "./server-process";
import { TcpProxy } from "./tcp-proxy";

/** A Latchkey process with its own network to the database. */
export class ClusterNode {
  readonly proxy: TcpProxy;
  readonly #program: string;
  readonly #variables: Readonly<Record<string, string>>;
  #server: ServerProcess;

  private constructor(
    proxy: TcpProxy,
    program: string,
    variables: Readonly<Record<string, string>>,
    server: ServerProcess,
  ) {
    this.proxy = proxy;
    this.#program = program;
    this.#variables = variables;
    this.#server = server;
  }

  /** @param program as for startServer */
  static async start(variables: Readonly<Record<string, string>>, program: string): Promise<ClusterNode> {
    const url = new URL(variables.DATABASE_URL ?? "");
    const proxy = await TcpProxy.start({ host: url.hostname, port: Number(url.port || 5432) });
    url.host = `127.0.0.1:${proxy.port}`;
    const through = { ...variables, DATABASE_URL: url.href };
    return new ClusterNode(proxy, program, through, await startServer(through, undefined, program));
  }

  get url(): string {
    return this.#server.url;
  }

  get port(): number {
    return Number(new URL(this.#server.url).port);
  }

  get pid(): number {
    return this.#server.pid;
  }

  get output(): string {
    return this.#server.output();
  }

  /** Suspends the process, like a suspended machine, until `resume`. The process notices neither. */
  pause(): void {
    process.kill(this.#server.pid, "SIGSTOP");
  }

  resume(): void {
    process.kill(this.#server.pid, "SIGCONT");
  }

  async killAndStart(): Promise<void> {
    await this.#server.kill();
    this.#server = await startServer(this.#variables, this.port, this.#program);
  }

  async stop(): Promise<number | null> {
    return this.#server.stop();
  }

  /** Ends the node in any state. */
  async end(): Promise<void> {
    await this.#server.kill();
    await this.proxy.close();
  }
}
